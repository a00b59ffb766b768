import { podHostPorts } from "../../../../policies/rules/kubernetes/podHostPorts";
import { describeRule } from "../../support/cases";
import { secret, unknown } from "../../support/draft";
import { everyContainer, everyKind, NO_PODS, pod } from "./fixtures";

describeRule(podHostPorts, {
  passes: everyKind(),
  fails: [
    ...everyKind({ "spec.containers[0].ports[0].hostPort": 8080 }),
    ...everyContainer({ "ports[0].hostPort": 8080 }),
  ],
  boundary: [
    { what: "port 0 is none", resources: [pod({ "spec.containers[0].ports[0].hostPort": 0 })], expect: "passed" },
    { what: "port 1 is one", resources: [pod({ "spec.containers[0].ports[0].hostPort": 1 })], expect: "violated" },
  ],
  absent: [{ what: "no ports", resources: [pod({ "spec.containers[0].ports": undefined })], expect: "passed" }],
  unknown: [{ what: "ports that are not known yet", resources: [pod({ "spec.containers[0].ports": unknown })] }],
  secret: [
    {
      what: "a secret is read",
      resources: [pod({ "spec.containers[0].ports[0].hostPort": secret(8080) })],
      expect: "violated",
    },
  ],
  notApplicable: NO_PODS,
});
