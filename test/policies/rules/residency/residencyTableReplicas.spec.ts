import { residencyTableReplicas } from "../../../../policies/rules/residency/residencyTableReplicas";
import { TABLE } from "../../../../policies/rules/support/types";
import { describeRule, valuesOf } from "../../support/cases";
import { draft } from "../../support/draft";
import { inRegion } from "../aws";

describeRule(
  residencyTableReplicas,
  valuesOf({
    type: TABLE,
    base: { replicas: [{ propagateTags: true }] },
    path: "replicas[0].regionName",
    good: ["us-west-2"],
    bad: ["eu-west-1"],
    absent: "passed",
    more: inRegion("us-east-1"),
    notApplicable: [{ what: "no replicas", resources: [draft(TABLE, {}, inRegion("us-east-1"))] }],
  }),
);
