import { podNotPrivileged } from "../../../../policies/rules/kubernetes/podNotPrivileged";
import { describeRule } from "../../support/cases";
import { secret, unknown } from "../../support/draft";
import { everyContainer, everyKind, NO_PODS, pod } from "./fixtures";

describeRule(podNotPrivileged, {
  passes: [...everyKind(), ...everyKind({ "spec.containers[0].securityContext.privileged": false })],
  fails: [
    ...everyKind({ "spec.containers[0].securityContext.privileged": true }),
    ...everyContainer({ "securityContext.privileged": true }),
  ],
  boundary: { none: "a switch has no limit" },
  absent: [
    {
      what: "not set",
      resources: [pod({ "spec.containers[0].securityContext.privileged": undefined })],
      expect: "passed",
    },
  ],
  unknown: [
    {
      what: "a value that is not known yet",
      resources: [pod({ "spec.containers[0].securityContext.privileged": unknown })],
    },
    { what: "a list of containers that is not known yet", resources: [pod({ "spec.initContainers": unknown })] },
    {
      what: "another container is wrong all the same",
      resources: [pod({ "spec.initContainers": unknown, "spec.containers[0].securityContext.privileged": true })],
      expect: "violated",
    },
  ],
  secret: [
    {
      what: "a secret is read",
      resources: [pod({ "spec.containers[0].securityContext.privileged": secret(true) })],
      expect: "violated",
    },
  ],
  notApplicable: NO_PODS,
});
