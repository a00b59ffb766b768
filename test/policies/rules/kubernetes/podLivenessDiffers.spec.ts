import { podLivenessDiffers } from "../../../../policies/rules/kubernetes/podLivenessDiffers";
import { describeRule } from "../../support/cases";
import { secret, unknown } from "../../support/draft";
import { everyKind, NO_PODS, pod } from "./fixtures";

describeRule(podLivenessDiffers, {
  passes: everyKind(),
  fails: [
    ...everyKind({ "spec.containers[0].livenessProbe.httpGet.path": "/ready" }),
    {
      what: "the same call, less often",
      resources: [
        pod({ "spec.containers[0].livenessProbe": { httpGet: { path: "/ready", port: 8080 }, periodSeconds: 60 } }),
      ],
    },
  ],
  boundary: [
    {
      what: "the same path of another port",
      resources: [pod({ "spec.containers[0].livenessProbe.httpGet": { path: "/ready", port: 9090 } })],
      expect: "passed",
    },
  ],
  absent: [
    {
      what: "no liveness probe",
      resources: [pod({ "spec.containers[0].livenessProbe": undefined })],
      expect: "passed",
    },
    {
      what: "no readiness probe",
      resources: [pod({ "spec.containers[0].readinessProbe": undefined })],
      expect: "passed",
    },
  ],
  unknown: [
    {
      what: "a path that is not known yet",
      resources: [pod({ "spec.containers[0].livenessProbe.httpGet.path": unknown })],
    },
  ],
  secret: [
    {
      what: "a secret is read",
      resources: [pod({ "spec.containers[0].livenessProbe.httpGet.path": secret("/ready") })],
      expect: "violated",
    },
  ],
  notApplicable: NO_PODS,
});
