import { residencyKeyReplicas } from "../../../../policies/rules/residency/residencyKeyReplicas";
import { KEY } from "../../../../policies/rules/support/types";
import { describeRule, valuesOf } from "../../support/cases";
import { draft, unknown } from "../../support/draft";
import { inRegion, key } from "../aws";

describeRule(residencyKeyReplicas, {
  ...valuesOf({
    type: "aws:kms/replicaKey:ReplicaKey",
    path: "primaryKeyArn",
    good: [key("us-east-1")],
    bad: [key("eu-west-1")],
    absent: "passed",
    more: inRegion("us-west-2"),
  }),
  unknown: [
    {
      what: "in a preview, by what it depends on",
      resources: [
        draft(
          "aws:kms/replicaKey:ReplicaKey",
          { primaryKeyArn: unknown },
          { ...inRegion("us-west-2"), refers: { primaryKeyArn: ["key"] } },
        ),
        draft(KEY, {}, { name: "key", ...inRegion("eu-west-1") }),
      ],
      expect: "violated",
    },
  ],
});
