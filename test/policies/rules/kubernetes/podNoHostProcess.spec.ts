import { podNoHostProcess } from "../../../../policies/rules/kubernetes/podNoHostProcess";
import { describeRule } from "../../support/cases";
import { secret, unknown } from "../../support/draft";
import { everyContainer, everyKind, NO_PODS, pod } from "./fixtures";

describeRule(podNoHostProcess, {
  passes: everyKind({ "spec.securityContext.windowsOptions.hostProcess": false }),
  fails: [
    ...everyKind({ "spec.securityContext.windowsOptions.hostProcess": true }),
    ...everyContainer({ "securityContext.windowsOptions.hostProcess": true }),
  ],
  boundary: { none: "a switch has no limit" },
  absent: [{ what: "not set", resources: [pod()], expect: "passed" }],
  unknown: [
    {
      what: "a switch that is not known yet",
      resources: [pod({ "spec.securityContext.windowsOptions.hostProcess": unknown })],
    },
  ],
  secret: [
    {
      what: "a secret is read",
      resources: [pod({ "spec.securityContext.windowsOptions.hostProcess": secret(true) })],
      expect: "violated",
    },
  ],
  notApplicable: NO_PODS,
});
