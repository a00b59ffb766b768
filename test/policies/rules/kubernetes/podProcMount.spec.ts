import { podProcMount } from "../../../../policies/rules/kubernetes/podProcMount";
import { describeRule, HIDDEN } from "../../support/cases";
import { secret, unknown } from "../../support/draft";
import { everyContainer, everyKind, NO_PODS, pod } from "./fixtures";

describeRule(podProcMount, {
  passes: [...everyKind(), ...everyKind({ "spec.containers[0].securityContext.procMount": "Default" })],
  fails: [
    ...everyKind({ "spec.containers[0].securityContext.procMount": "Unmasked" }),
    ...everyContainer({ "securityContext.procMount": "Unmasked" }),
  ],
  boundary: [
    {
      what: "an empty text is not the default",
      resources: [pod({ "spec.containers[0].securityContext.procMount": "" })],
      expect: "violated",
    },
  ],
  absent: [
    {
      what: "not set",
      resources: [pod({ "spec.containers[0].securityContext.procMount": undefined })],
      expect: "passed",
    },
  ],
  unknown: [
    {
      what: "a value that is not known yet",
      resources: [pod({ "spec.containers[0].securityContext.procMount": unknown })],
    },
    { what: "a list of containers that is not known yet", resources: [pod({ "spec.initContainers": unknown })] },
    {
      what: "another container is wrong all the same",
      resources: [pod({ "spec.initContainers": unknown, "spec.containers[0].securityContext.procMount": "Unmasked" })],
      expect: "violated",
    },
  ],
  secret: [
    {
      what: "a secret is read",
      resources: [pod({ "spec.containers[0].securityContext.procMount": secret(HIDDEN) })],
      expect: "violated",
    },
  ],
  notApplicable: NO_PODS,
});
