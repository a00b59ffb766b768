import { autoscalerFloor } from "../../../../policies/rules/kubernetes/autoscalerFloor";
import { describeRule } from "../../support/cases";
import { secret, unknown } from "../../support/draft";
import { autoscaler, deployment } from "./fixtures";

describeRule(autoscalerFloor, {
  passes: [{ what: "two pods", resources: [autoscaler()] }],
  fails: [{ what: "one pod", resources: [autoscaler({ "spec.minReplicas": 1 })] }],
  boundary: [
    { what: "two", resources: [autoscaler({ "spec.minReplicas": 2 })], expect: "passed" },
    { what: "zero", resources: [autoscaler({ "spec.minReplicas": 0 })], expect: "violated" },
  ],
  absent: [{ what: "Kubernetes' own default is one", resources: [autoscaler({ "spec.minReplicas": undefined })] }],
  unknown: [{ what: "a floor that is not known yet", resources: [autoscaler({ "spec.minReplicas": unknown })] }],
  secret: [
    { what: "a secret is read", resources: [autoscaler({ "spec.minReplicas": secret(1) })], expect: "violated" },
  ],
  notApplicable: [{ what: "a Deployment", resources: [deployment()] }],
});
