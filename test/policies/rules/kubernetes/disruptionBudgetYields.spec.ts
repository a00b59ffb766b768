import { disruptionBudgetYields } from "../../../../policies/rules/kubernetes/disruptionBudgetYields";
import { describeRule } from "../../support/cases";
import { secret, unknown } from "../../support/draft";
import { autoscaler, budget, deployment } from "./fixtures";

const least = (pods: number | string) => ({ "spec.maxUnavailable": undefined, "spec.minAvailable": pods });

describeRule(disruptionBudgetYields, {
  passes: [
    { what: "one may go", resources: [deployment(), budget()] },
    { what: "a tenth may go", resources: [deployment(), budget({ "spec.maxUnavailable": "10%" })] },
    { what: "more pods than must stay", resources: [deployment({ "spec.replicas": 3 }), budget(least(2))] },
    {
      what: "an autoscaler with more pods than must stay",
      resources: [deployment({ "spec.replicas": undefined }), autoscaler({ "spec.minReplicas": 3 }), budget(least(2))],
    },
  ],
  fails: [
    { what: "none may go", resources: [budget({ "spec.maxUnavailable": 0 })] },
    { what: "0 % may go", resources: [budget({ "spec.maxUnavailable": "0%" })] },
    { what: "all must stay", resources: [budget(least("100%"))] },
    {
      what: "as many must stay as there may be",
      resources: [deployment({ "spec.replicas": undefined }), autoscaler(), budget(least(2))],
    },
  ],
  boundary: [
    {
      what: "one of one must stay",
      resources: [deployment({ "spec.replicas": 1 }), budget(least(1))],
      expect: "violated",
    },
    { what: "one of two must stay", resources: [deployment(), budget(least(1))], expect: "passed" },
    { what: "99 % must stay", resources: [budget(least("99%"))], expect: "passed" },
    {
      what: "the workload is turned off",
      resources: [deployment({ "spec.replicas": 0 }), budget(least(1))],
      expect: "passed",
    },
    {
      what: "other pods",
      resources: [deployment({ "spec.replicas": 1, "spec.template.metadata.labels.app": "web" }), budget(least(1))],
      expect: "passed",
    },
  ],
  absent: [
    {
      what: "neither number: Kubernetes' own default is that one must stay",
      resources: [budget({ "spec.maxUnavailable": undefined })],
      expect: "passed",
    },
  ],
  unknown: [
    { what: "a number that is not known yet", resources: [budget({ "spec.maxUnavailable": unknown })] },
    {
      what: "a number of pods that is not known yet",
      resources: [deployment({ "spec.replicas": unknown }), budget(least(1))],
    },
  ],
  secret: [{ what: "a secret is read", resources: [budget({ "spec.maxUnavailable": secret(0) })], expect: "violated" }],
  notApplicable: [{ what: "a Deployment", resources: [deployment()] }],
});
