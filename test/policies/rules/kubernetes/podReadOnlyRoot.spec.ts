import { podReadOnlyRoot } from "../../../../policies/rules/kubernetes/podReadOnlyRoot";
import { describeRule } from "../../support/cases";
import { secret, unknown } from "../../support/draft";
import { everyContainer, everyKind, NO_PODS, pod } from "./fixtures";

describeRule(podReadOnlyRoot, {
  passes: [...everyKind(), ...everyKind({ "spec.containers[0].securityContext.readOnlyRootFilesystem": true })],
  fails: [
    ...everyKind({ "spec.containers[0].securityContext.readOnlyRootFilesystem": false }),
    ...everyContainer({ "securityContext.readOnlyRootFilesystem": false }),
  ],
  boundary: [
    {
      what: "Windows needs to write",
      resources: [pod({ "spec.os.name": "windows", "spec.containers[0].securityContext": {} })],
      expect: "passed",
    },
    {
      what: "Linux does not",
      resources: [pod({ "spec.os.name": "linux", "spec.containers[0].securityContext": {} })],
      expect: "violated",
    },
  ],
  absent: [
    {
      what: "not set",
      resources: [pod({ "spec.containers[0].securityContext.readOnlyRootFilesystem": undefined })],
      expect: "violated",
    },
  ],
  unknown: [
    {
      what: "a value that is not known yet",
      resources: [pod({ "spec.containers[0].securityContext.readOnlyRootFilesystem": unknown })],
    },
    { what: "a list of containers that is not known yet", resources: [pod({ "spec.initContainers": unknown })] },
    {
      what: "another container is wrong all the same",
      resources: [
        pod({ "spec.initContainers": unknown, "spec.containers[0].securityContext.readOnlyRootFilesystem": false }),
      ],
      expect: "violated",
    },
  ],
  secret: [
    {
      what: "a secret is read",
      resources: [pod({ "spec.containers[0].securityContext.readOnlyRootFilesystem": secret(false) })],
      expect: "violated",
    },
  ],
  notApplicable: NO_PODS,
});
