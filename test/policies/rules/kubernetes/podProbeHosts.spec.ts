import { podProbeHosts } from "../../../../policies/rules/kubernetes/podProbeHosts";
import { describeRule, HIDDEN } from "../../support/cases";
import { secret, unknown } from "../../support/draft";
import { everyContainer, everyKind, NO_PODS, pod } from "./fixtures";

describeRule(podProbeHosts, {
  passes: everyKind(),
  fails: [
    ...everyKind({ "spec.containers[0].livenessProbe.httpGet.host": "169.254.169.254" }),
    ...everyContainer({ "readinessProbe.tcpSocket.host": "10.0.0.1" }),
    ...["startupProbe", "lifecycle.postStart", "lifecycle.preStop"].map((handler) => ({
      what: `the host of ${handler}`,
      resources: [pod({ [`spec.containers[0].${handler}.httpGet.host`]: "10.0.0.1" })],
    })),
  ],
  boundary: [
    {
      what: "an empty host is none",
      resources: [pod({ "spec.containers[0].livenessProbe.httpGet.host": "" })],
      expect: "passed",
    },
  ],
  absent: [
    { what: "no probes", resources: [pod({ "spec.containers[0].livenessProbe": undefined })], expect: "passed" },
  ],
  unknown: [
    {
      what: "a host that is not known yet",
      resources: [pod({ "spec.containers[0].livenessProbe.httpGet.host": unknown })],
    },
  ],
  secret: [
    {
      what: "a secret is read, and not quoted",
      resources: [pod({ "spec.containers[0].livenessProbe.httpGet.host": secret(HIDDEN) })],
      expect: "violated",
    },
  ],
  notApplicable: NO_PODS,
});
