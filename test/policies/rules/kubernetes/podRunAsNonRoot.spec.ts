import { podRunAsNonRoot } from "../../../../policies/rules/kubernetes/podRunAsNonRoot";
import { describeRule } from "../../support/cases";
import { secret, unknown } from "../../support/draft";
import { everyContainer, everyKind, NO_PODS, pod } from "./fixtures";

describeRule(podRunAsNonRoot, {
  passes: [
    ...everyKind(),
    {
      what: "each container by itself",
      resources: [pod({ "spec.securityContext": {}, "spec.containers[0].securityContext.runAsNonRoot": true })],
    },
  ],
  fails: [
    ...everyKind({ "spec.securityContext.runAsNonRoot": false }),
    ...everyContainer({ "securityContext.runAsNonRoot": false }),
    {
      what: "false on the pod, though true on its container",
      resources: [
        pod({ "spec.securityContext.runAsNonRoot": false, "spec.containers[0].securityContext.runAsNonRoot": true }),
      ],
    },
  ],
  boundary: [
    {
      what: "a user namespace of its own",
      resources: [pod({ "spec.securityContext": {}, "spec.hostUsers": false })],
      expect: "passed",
    },
    {
      what: "the host's users",
      resources: [pod({ "spec.securityContext": {}, "spec.hostUsers": true })],
      expect: "violated",
    },
  ],
  absent: everyKind({ "spec.securityContext": undefined }),
  unknown: [
    { what: "the pod's setting", resources: [pod({ "spec.securityContext.runAsNonRoot": unknown })] },
    { what: "a container's setting", resources: [pod({ "spec.containers[0].securityContext.runAsNonRoot": unknown })] },
  ],
  secret: [
    {
      what: "a secret is read",
      resources: [pod({ "spec.securityContext.runAsNonRoot": secret(false) })],
      expect: "violated",
    },
  ],
  notApplicable: NO_PODS,
});
