import { podOwnServiceAccount } from "../../../../policies/rules/kubernetes/podOwnServiceAccount";
import { describeRule } from "../../support/cases";
import { secret, unknown } from "../../support/draft";
import { everyKind, NO_PODS, pod } from "./fixtures";

describeRule(podOwnServiceAccount, {
  passes: [
    ...everyKind(),
    {
      what: "the old name of the field",
      resources: [pod({ "spec.serviceAccountName": undefined, "spec.serviceAccount": "api" })],
    },
  ],
  fails: everyKind({ "spec.serviceAccountName": "default" }),
  boundary: [{ what: "an empty name", resources: [pod({ "spec.serviceAccountName": "" })], expect: "violated" }],
  absent: everyKind({ "spec.serviceAccountName": undefined }),
  unknown: [{ what: "a name that is not known yet", resources: [pod({ "spec.serviceAccountName": unknown })] }],
  secret: [
    {
      what: "a secret is read",
      resources: [pod({ "spec.serviceAccountName": secret("default") })],
      expect: "violated",
    },
  ],
  notApplicable: NO_PODS,
});
