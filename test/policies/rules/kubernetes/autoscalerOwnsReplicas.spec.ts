import { autoscalerOwnsReplicas } from "../../../../policies/rules/kubernetes/autoscalerOwnsReplicas";
import { describeRule } from "../../support/cases";
import { secret, unknown } from "../../support/draft";
import { autoscaler, deployment } from "./fixtures";

describeRule(autoscalerOwnsReplicas, {
  passes: [
    { what: "the number is the autoscaler's", resources: [deployment({ "spec.replicas": undefined }), autoscaler()] },
  ],
  fails: [{ what: "the program sets it, too", resources: [deployment(), autoscaler()] }],
  boundary: [
    { what: "zero is a number", resources: [deployment({ "spec.replicas": 0 }), autoscaler()], expect: "violated" },
  ],
  absent: [
    { what: "no number", resources: [deployment({ "spec.replicas": undefined }), autoscaler()], expect: "passed" },
  ],
  unknown: [
    { what: "a number that is not known yet", resources: [deployment({ "spec.replicas": unknown }), autoscaler()] },
  ],
  secret: [
    {
      what: "a secret is a number, too",
      resources: [deployment({ "spec.replicas": secret(2) }), autoscaler()],
      expect: "violated",
    },
  ],
  notApplicable: [
    { what: "no autoscaler", resources: [deployment()] },
    { what: "the autoscaler of another cluster", resources: [deployment(), autoscaler({}, { provider: {} })] },
  ],
});
