import { residencySecretReplicas } from "../../../../policies/rules/residency/residencySecretReplicas";
import { SECRET } from "../../../../policies/rules/support/types";
import { describeRule, valuesOf } from "../../support/cases";
import { draft } from "../../support/draft";
import { inRegion } from "../aws";

describeRule(
  residencySecretReplicas,
  valuesOf({
    type: SECRET,
    base: { replicas: [{ kmsKeyId: "alias/x" }] },
    path: "replicas[0].region",
    good: ["us-west-2"],
    bad: ["eu-west-1", "sa-east-1"],
    absent: "passed",
    more: inRegion("us-east-1"),
    notApplicable: [{ what: "no replicas", resources: [draft(SECRET, {}, inRegion("us-east-1"))] }],
  }),
);
