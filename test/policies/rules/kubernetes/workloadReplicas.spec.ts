import { workloadReplicas } from "../../../../policies/rules/kubernetes/workloadReplicas";
import { describeRule } from "../../support/cases";
import { secret, unknown } from "../../support/draft";
import { autoscaler, deployment } from "./fixtures";

describeRule(workloadReplicas, {
  passes: [{ what: "two pods", resources: [deployment()] }],
  fails: [
    { what: "one pod", resources: [deployment({ "spec.replicas": 1 })] },
    {
      what: "one pod, and the autoscaler of another workload",
      resources: [deployment({ "spec.replicas": 1 }), autoscaler({ "spec.scaleTargetRef.name": "web" })],
    },
    {
      what: "one pod, and an autoscaler in another namespace",
      resources: [deployment({ "spec.replicas": 1 }), autoscaler({ "metadata.namespace": "other" })],
    },
    {
      what: "one pod, and the autoscaler of a StatefulSet of this name",
      resources: [deployment({ "spec.replicas": 1 }), autoscaler({ "spec.scaleTargetRef.kind": "StatefulSet" })],
    },
  ],
  boundary: [
    { what: "two", resources: [deployment({ "spec.replicas": 2 })], expect: "passed" },
    { what: "one", resources: [deployment({ "spec.replicas": 1 })], expect: "violated" },
  ],
  absent: [{ what: "Kubernetes' own default is one", resources: [deployment({ "spec.replicas": undefined })] }],
  unknown: [{ what: "a number that is not known yet", resources: [deployment({ "spec.replicas": unknown })] }],
  secret: [{ what: "a secret is read", resources: [deployment({ "spec.replicas": secret(1) })], expect: "violated" }],
  notApplicable: [
    { what: "none: it is turned off", resources: [deployment({ "spec.replicas": 0 })] },
    { what: "an autoscaler sets the number", resources: [deployment({ "spec.replicas": undefined }), autoscaler()] },
    {
      what: "only the autoscaler's target is not known yet",
      resources: [
        deployment({ "spec.replicas": undefined }),
        autoscaler({ "spec.scaleTargetRef.name": unknown }, { refers: { spec: ["subject"] } }),
      ],
    },
    {
      what: "only the workload's name is not known yet",
      resources: [
        deployment({ "spec.replicas": undefined, "metadata.name": unknown }),
        autoscaler({}, { refers: { spec: ["subject"] } }),
      ],
    },
    {
      what: "an autoscaler whose target is not known yet, but depends on it",
      resources: [
        deployment({ "spec.replicas": undefined, "metadata.name": unknown }),
        autoscaler({ "spec.scaleTargetRef.name": unknown }, { refers: { spec: ["subject"] } }),
      ],
    },
  ],
});
