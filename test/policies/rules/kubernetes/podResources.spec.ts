import { podResources } from "../../../../policies/rules/kubernetes/podResources";
import { describeRule } from "../../support/cases";
import { secret, unknown } from "../../support/draft";
import { everyKind, NO_PODS, pod } from "./fixtures";

describeRule(podResources, {
  passes: [
    ...everyKind(),
    {
      what: "resources of the whole pod",
      resources: [
        pod({ "spec.containers[0].resources": {}, "spec.resources": { limits: { cpu: "1", memory: "1Gi" } } }),
      ],
    },
  ],
  fails: [
    ...everyKind({ "spec.containers[0].resources.limits.memory": undefined }),
    { what: "an init container", resources: [pod({ "spec.initContainers": [{ name: "init" }] })] },
    {
      what: "no limit of the processor",
      resources: [pod({ "spec.containers[0].resources.limits.cpu": undefined })],
      message: /limits.cpu/,
    },
  ],
  boundary: [
    {
      what: "a limit stands for the request",
      resources: [pod({ "spec.containers[0].resources.requests": {} })],
      expect: "passed",
    },
    {
      what: "an ephemeral container may have none",
      resources: [pod({ "spec.ephemeralContainers": [{ name: "debug" }] })],
      expect: "passed",
    },
  ],
  absent: everyKind({ "spec.containers[0].resources": undefined }),
  unknown: [
    { what: "resources that are not known yet", resources: [pod({ "spec.containers[0].resources": unknown })] },
  ],
  secret: [
    { what: "a secret is read", resources: [pod({ "spec.containers[0].resources": secret({}) })], expect: "violated" },
  ],
  notApplicable: NO_PODS,
});
