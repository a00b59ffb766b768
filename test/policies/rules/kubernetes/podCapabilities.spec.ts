import { podCapabilities } from "../../../../policies/rules/kubernetes/podCapabilities";
import { describeRule, HIDDEN } from "../../support/cases";
import { secret, unknown } from "../../support/draft";
import { everyContainer, everyKind, NO_PODS, pod } from "./fixtures";

describeRule(podCapabilities, {
  passes: [
    ...everyKind(),
    ...everyKind({ "spec.containers[0].securityContext.capabilities": { drop: ["ALL"], add: ["NET_BIND_SERVICE"] } }),
  ],
  fails: [
    ...everyKind({ "spec.containers[0].securityContext.capabilities": { drop: ["ALL"], add: ["SYS_ADMIN"] } }),
    ...everyContainer({ "securityContext.capabilities": { drop: ["ALL"], add: ["SYS_ADMIN"] } }),
  ],
  boundary: [
    {
      what: "ALL in small letters drops nothing",
      resources: [pod({ "spec.containers[0].securityContext.capabilities.drop": ["all"] })],
      expect: "violated",
    },
    {
      what: "some are dropped",
      resources: [pod({ "spec.containers[0].securityContext.capabilities.drop": ["NET_RAW"] })],
      expect: "violated",
    },
    {
      what: "nothing is added",
      resources: [pod({ "spec.containers[0].securityContext.capabilities.add": [] })],
      expect: "passed",
    },
    {
      what: "Windows has none",
      resources: [pod({ "spec.os.name": "windows", "spec.containers[0].securityContext": {} })],
      expect: "passed",
    },
  ],
  absent: [
    {
      what: "not set",
      resources: [pod({ "spec.containers[0].securityContext.capabilities": undefined })],
      expect: "violated",
    },
  ],
  unknown: [
    {
      what: "a value that is not known yet",
      resources: [pod({ "spec.containers[0].securityContext.capabilities": unknown })],
    },
    { what: "a list of containers that is not known yet", resources: [pod({ "spec.initContainers": unknown })] },
    {
      what: "another container is wrong all the same",
      resources: [
        pod({
          "spec.initContainers": unknown,
          "spec.containers[0].securityContext.capabilities": { drop: ["ALL"], add: ["SYS_ADMIN"] },
        }),
      ],
      expect: "violated",
    },
  ],
  secret: [
    {
      what: "a secret is read",
      resources: [pod({ "spec.containers[0].securityContext.capabilities": secret({ drop: [], add: [HIDDEN] }) })],
      expect: "violated",
    },
  ],
  notApplicable: NO_PODS,
});
