import { s3RecordsReplicated } from "../../../../policies/rules/availability/s3RecordsReplicated";
import { BUCKET, BUCKET_REPLICATION } from "../../../../policies/rules/support/types";
import { describeRule } from "../../support/cases";
import { draft, unknown } from "../../support/draft";
import { bucket, inRegion, ofBucket, recordsBucket } from "../aws";

const config = (changes: any = {}) =>
  ofBucket(BUCKET_REPLICATION, {
    rules: [
      {
        status: "Enabled",
        deleteMarkerReplication: { status: "Enabled" },
        destination: { bucket: "arn:aws:s3:::target" },
        ...changes,
      },
    ],
  });
const target = (region: string) =>
  draft(BUCKET, {}, { name: "target", outputs: { arn: "arn:aws:s3:::target" }, ...inRegion(region) });

describeRule(s3RecordsReplicated, {
  passes: [
    { what: "to another region", resources: [recordsBucket(inRegion("us-east-1")), config(), target("us-west-2")] },
  ],
  fails: [
    { what: "to its own region", resources: [recordsBucket(inRegion("us-east-1")), config(), target("us-east-1")] },
    { what: "by a rule that is switched off", resources: [recordsBucket(), config({ status: "Disabled" })] },
  ],
  boundary: [
    {
      what: "without a word on deletions",
      resources: [recordsBucket(), config({ deleteMarkerReplication: null })],
      expect: "violated",
      message: /deletions/,
    },
  ],
  absent: [{ what: "not at all", resources: [recordsBucket()] }],
  unknown: [{ what: "the status", resources: [recordsBucket(), config({ status: unknown })] }],
  secret: { none: "nothing of it is a secret" },
  notApplicable: [{ what: "a bucket of assets", resources: [bucket()] }],
});
