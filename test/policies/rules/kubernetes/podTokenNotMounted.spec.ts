import { podTokenNotMounted } from "../../../../policies/rules/kubernetes/podTokenNotMounted";
import { describeRule } from "../../support/cases";
import { draft, secret, unknown } from "../../support/draft";
import { deployment, everyKind, NO_PODS } from "./fixtures";

const FIELD = "spec.template.spec.automountServiceAccountToken";

function account(namespace: string, mounts?: boolean) {
  const inputs = {
    metadata: { name: "api", namespace },
    ...(mounts === undefined ? {} : { automountServiceAccountToken: mounts }),
  };
  return draft("kubernetes:core/v1:ServiceAccount", inputs, { name: "account" });
}

describeRule(podTokenNotMounted, {
  passes: [
    ...everyKind(),
    { what: "its account says so", resources: [deployment({ [FIELD]: undefined }), account("school", false)] },
  ],
  fails: [
    ...everyKind({ "spec.automountServiceAccountToken": true }),
    {
      what: "true on the pod, though false on its account",
      resources: [deployment({ [FIELD]: true }), account("school", false)],
    },
  ],
  boundary: [
    {
      what: "an account of another namespace",
      resources: [deployment({ [FIELD]: undefined }), account("other", false)],
      expect: "violated",
    },
    {
      what: "an account that says nothing",
      resources: [deployment({ [FIELD]: undefined }), account("school")],
      expect: "violated",
    },
  ],
  absent: everyKind({ "spec.automountServiceAccountToken": undefined }),
  unknown: [
    { what: "a switch that is not known yet", resources: [deployment({ [FIELD]: unknown })] },
    {
      what: "an account that is not known yet",
      resources: [deployment({ [FIELD]: undefined, "spec.template.spec.serviceAccountName": unknown })],
    },
  ],
  secret: [{ what: "a secret is read", resources: [deployment({ [FIELD]: secret(true) })], expect: "violated" }],
  notApplicable: NO_PODS,
});
