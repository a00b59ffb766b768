import { residencyBucketReplication } from "../../../../policies/rules/residency/residencyBucketReplication";
import { BUCKET, BUCKET_REPLICATION } from "../../../../policies/rules/support/types";
import { describeRule } from "../../support/cases";
import { draft, unknown } from "../../support/draft";
import { bucket, inRegion, ofBucket } from "../aws";

const from = (region: string) => bucket({}, inRegion(region));
const to = (region: string) =>
  draft(BUCKET, {}, { name: "target", outputs: { arn: "arn:aws:s3:::target" }, ...inRegion(region) });
const CONFIG = ofBucket(BUCKET_REPLICATION, { rules: [{ destination: { bucket: "arn:aws:s3:::target" } }] });

describeRule(residencyBucketReplication, {
  passes: [{ what: "another region at home", resources: [from("us-east-1"), to("us-west-2"), CONFIG] }],
  fails: [{ what: "another jurisdiction", resources: [from("eu-west-1"), to("us-west-2"), CONFIG] }],
  boundary: [{ what: "the same region", resources: [from("eu-west-1"), to("eu-west-1"), CONFIG], expect: "passed" }],
  absent: [
    { what: "no rule", resources: [from("eu-west-1"), ofBucket(BUCKET_REPLICATION, { rules: [] })], expect: "passed" },
  ],
  unknown: [
    {
      what: "in a preview, by what the rules depend on",
      resources: [
        from("eu-west-1"),
        to("us-west-2"),
        draft(
          BUCKET_REPLICATION,
          { bucket: unknown, rules: [{ destination: { bucket: unknown } }] },
          { name: "config", refers: { bucket: ["bucket"], rules: ["target"] } },
        ),
      ],
      expect: "violated",
    },
  ],
  secret: { none: "names of buckets are no secrets" },
  notApplicable: [{ what: "no replication", resources: [from("eu-west-1")] }],
});
