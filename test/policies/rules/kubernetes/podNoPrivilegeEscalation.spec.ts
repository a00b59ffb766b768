import { podNoPrivilegeEscalation } from "../../../../policies/rules/kubernetes/podNoPrivilegeEscalation";
import { describeRule } from "../../support/cases";
import { secret, unknown } from "../../support/draft";
import { everyContainer, everyKind, NO_PODS, pod } from "./fixtures";

describeRule(podNoPrivilegeEscalation, {
  passes: [...everyKind(), ...everyKind({ "spec.containers[0].securityContext.allowPrivilegeEscalation": false })],
  fails: [
    ...everyKind({ "spec.containers[0].securityContext.allowPrivilegeEscalation": true }),
    ...everyContainer({ "securityContext.allowPrivilegeEscalation": true }),
  ],
  boundary: [
    {
      what: "Windows has no set-user-ID",
      resources: [
        pod({ "spec.os.name": "windows", "spec.containers[0].securityContext.allowPrivilegeEscalation": true }),
      ],
      expect: "passed",
    },
    {
      what: "Linux has",
      resources: [pod({ "spec.os.name": "linux", "spec.containers[0].securityContext": {} })],
      expect: "violated",
    },
  ],
  absent: [
    {
      what: "not set",
      resources: [pod({ "spec.containers[0].securityContext.allowPrivilegeEscalation": undefined })],
      expect: "violated",
    },
  ],
  unknown: [
    {
      what: "a value that is not known yet",
      resources: [pod({ "spec.containers[0].securityContext.allowPrivilegeEscalation": unknown })],
    },
    { what: "a list of containers that is not known yet", resources: [pod({ "spec.initContainers": unknown })] },
    {
      what: "another container is wrong all the same",
      resources: [
        pod({ "spec.initContainers": unknown, "spec.containers[0].securityContext.allowPrivilegeEscalation": true }),
      ],
      expect: "violated",
    },
  ],
  secret: [
    {
      what: "a secret is read",
      resources: [pod({ "spec.containers[0].securityContext.allowPrivilegeEscalation": secret(true) })],
      expect: "violated",
    },
  ],
  notApplicable: NO_PODS,
});
