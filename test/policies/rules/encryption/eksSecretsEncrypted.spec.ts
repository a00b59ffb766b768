import { eksSecretsEncrypted } from "../../../../policies/rules/encryption/eksSecretsEncrypted";
import { CLUSTER } from "../../../../policies/rules/support/types";
import { describeRule, valuesOf } from "../../support/cases";
import { draft } from "../../support/draft";
import { key } from "../aws";

describeRule(eksSecretsEncrypted, {
  ...valuesOf({
    type: CLUSTER,
    base: { encryptionConfig: { provider: { keyArn: key("us-east-1") } } },
    path: "encryptionConfig.resources",
    good: [["secrets"]],
    bad: [["other"], []],
  }),
  boundary: [
    {
      what: "without a key",
      resources: [draft(CLUSTER, { encryptionConfig: { resources: ["secrets"] } })],
      expect: "violated",
    },
  ],
});
