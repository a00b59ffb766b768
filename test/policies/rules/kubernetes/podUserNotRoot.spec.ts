import { podUserNotRoot } from "../../../../policies/rules/kubernetes/podUserNotRoot";
import { describeRule } from "../../support/cases";
import { secret, unknown } from "../../support/draft";
import { everyContainer, everyKind, NO_PODS, pod } from "./fixtures";

describeRule(podUserNotRoot, {
  passes: everyKind({ "spec.securityContext.runAsUser": 1_000 }),
  fails: [...everyKind({ "spec.securityContext.runAsUser": 0 }), ...everyContainer({ "securityContext.runAsUser": 0 })],
  boundary: [
    { what: "user 1", resources: [pod({ "spec.securityContext.runAsUser": 1 })], expect: "passed" },
    {
      what: "root in a user namespace of its own",
      resources: [pod({ "spec.securityContext.runAsUser": 0, "spec.hostUsers": false })],
      expect: "passed",
    },
  ],
  absent: [
    { what: "the image's user", resources: [pod({ "spec.securityContext.runAsUser": undefined })], expect: "passed" },
  ],
  unknown: [{ what: "a user that is not known yet", resources: [pod({ "spec.securityContext.runAsUser": unknown })] }],
  secret: [
    { what: "a secret is read", resources: [pod({ "spec.securityContext.runAsUser": secret(0) })], expect: "violated" },
  ],
  notApplicable: NO_PODS,
});
