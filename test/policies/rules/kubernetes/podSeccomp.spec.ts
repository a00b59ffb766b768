import { podSeccomp } from "../../../../policies/rules/kubernetes/podSeccomp";
import { describeRule, HIDDEN } from "../../support/cases";
import { secret, unknown } from "../../support/draft";
import { everyContainer, everyKind, NO_PODS, pod } from "./fixtures";

describeRule(podSeccomp, {
  passes: [
    ...everyKind(),
    {
      what: "a profile of each container",
      resources: [
        pod({ "spec.securityContext": {}, "spec.containers[0].securityContext.seccompProfile.type": "Localhost" }),
      ],
    },
    { what: "Windows has none", resources: [pod({ "spec.securityContext": {}, "spec.os.name": "windows" })] },
  ],
  fails: [
    ...everyKind({ "spec.securityContext.seccompProfile.type": "Unconfined" }),
    ...everyContainer({ "securityContext.seccompProfile.type": "Unconfined" }),
  ],
  boundary: [
    {
      what: "a profile without a type",
      resources: [pod({ "spec.containers[0].securityContext.seccompProfile": {} })],
      expect: "violated",
    },
    {
      what: "a container takes the pod's profile",
      resources: [pod({ "spec.containers[0].securityContext": {} })],
      expect: "passed",
    },
  ],
  absent: everyKind({ "spec.securityContext.seccompProfile": undefined }),
  unknown: [
    { what: "a type that is not known yet", resources: [pod({ "spec.securityContext.seccompProfile.type": unknown })] },
  ],
  secret: [
    {
      what: "a secret is read, and not quoted",
      resources: [pod({ "spec.securityContext.seccompProfile.type": secret(HIDDEN) })],
      expect: "violated",
    },
  ],
  notApplicable: NO_PODS,
});
