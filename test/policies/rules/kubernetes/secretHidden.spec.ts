import { secretHidden } from "../../../../policies/rules/kubernetes/secretHidden";
import { describeRule, HIDDEN } from "../../support/cases";
import { draft, encrypted, secret, unknown } from "../../support/draft";
import { configMap } from "./fixtures";

const TYPE = "kubernetes:core/v1:Secret";

describeRule(secretHidden, {
  passes: [
    { what: "each value is a secret", resources: [draft(TYPE, { stringData: { password: secret(HIDDEN) } })] },
    { what: "all of it is a secret", resources: [draft(TYPE, { data: secret({ password: HIDDEN }) })] },
  ],
  fails: [
    {
      what: "a value in clear",
      resources: [draft(TYPE, { stringData: { password: HIDDEN } })],
      message: /stringData\["password"\]/,
    },
    {
      what: "one of two values",
      resources: [draft(TYPE, { data: { a: secret(HIDDEN), b: "Yg==" } })],
      message: /data\["b"\]/,
    },
    { what: "a patch", resources: [draft("kubernetes:core/v1:SecretPatch", { data: { b: "Yg==" } })] },
  ],
  boundary: [
    {
      what: "an empty value is one in clear",
      resources: [draft(TYPE, { stringData: { password: "" } })],
      expect: "violated",
    },
  ],
  absent: { none: "a secret without values is not looked at" },
  unknown: [
    { what: "values that are not known yet", resources: [draft(TYPE, { data: unknown })] },
    {
      what: "a value that is not known yet, and no secret",
      resources: [draft(TYPE, { data: { a: unknown } })],
      expect: "violated",
    },
  ],
  secret: [
    { what: "only the ciphertext is there", resources: [draft(TYPE, { data: { a: encrypted() } })], expect: "passed" },
  ],
  notApplicable: [
    { what: "no values", resources: [draft(TYPE, { type: "kubernetes.io/service-account-token" })] },
    { what: "a ConfigMap", resources: [configMap({})] },
  ],
});
