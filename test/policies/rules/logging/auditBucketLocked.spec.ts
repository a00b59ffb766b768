import { auditBucketLocked } from "../../../../policies/rules/logging/auditBucketLocked";
import { BUCKET_LOCK, TRAIL } from "../../../../policies/rules/support/types";
import { describeRule } from "../../support/cases";
import { draft, unknown } from "../../support/draft";
import { bucket, ofBucket } from "../aws";

const IT = draft(TRAIL, { s3BucketName: "bucket-1" });
const lock = (rule: any) => ofBucket(BUCKET_LOCK, { rule });

describeRule(auditBucketLocked, {
  passes: [
    { what: "a year", resources: [IT, bucket(), lock({ defaultRetention: { mode: "COMPLIANCE", days: 365 } })] },
  ],
  fails: [{ what: "no default retention", resources: [IT, bucket(), lock({})] }],
  boundary: [
    { what: "one day", resources: [IT, bucket(), lock({ defaultRetention: { days: 1 } })], expect: "passed" },
    { what: "in years", resources: [IT, bucket(), lock({ defaultRetention: { years: 1 } })], expect: "passed" },
  ],
  absent: [{ what: "no lock", resources: [IT, bucket()] }],
  unknown: [{ what: "the days", resources: [IT, bucket(), lock({ defaultRetention: { days: unknown } })] }],
  secret: { none: "nothing of a lock is a secret" },
  notApplicable: [{ what: "a bucket of another account", resources: [IT] }],
});
