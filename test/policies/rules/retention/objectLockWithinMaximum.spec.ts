import { objectLockWithinMaximum } from "../../../../policies/rules/retention/objectLockWithinMaximum";
import { BUCKET_LIFECYCLE, BUCKET_LOCK, VAULT_LOCK } from "../../../../policies/rules/support/types";
import { describeRule } from "../../support/cases";
import { draft, unknown } from "../../support/draft";
import { bucket, ofBucket, recordsBucket } from "../aws";

const RULE = {
  status: "Enabled",
  filter: {},
  expiration: { days: 1095 },
  noncurrentVersionExpiration: { noncurrentDays: 90 },
  abortIncompleteMultipartUpload: { daysAfterInitiation: 7 },
};
const lifecycle = (changes: any = {}) => ofBucket(BUCKET_LIFECYCLE, { rules: [{ ...RULE, ...changes }] });
const lock = (days: any) => ofBucket(BUCKET_LOCK, { rule: { defaultRetention: { days } } });

describeRule(objectLockWithinMaximum, {
  passes: [
    { what: "shorter than the objects live", resources: [bucket(), lifecycle(), lock(365)] },
    { what: "a vault", resources: [draft(VAULT_LOCK, { maxRetentionDays: 90 })] },
  ],
  fails: [{ what: "a vault without an end", resources: [draft(VAULT_LOCK, { minRetentionDays: 7 })] }],
  boundary: [
    { what: "as long as the objects live", resources: [bucket(), lifecycle(), lock(1095)], expect: "passed" },
    { what: "a day longer", resources: [bucket(), lifecycle(), lock(1096)], expect: "violated" },
    {
      what: "data about pupils, beyond the maximum",
      resources: [recordsBucket(), lock(101)],
      settings: { maxRetentionDays: 100 },
      expect: "violated",
    },
  ],
  absent: [
    { what: "no default retention", resources: [bucket(), lifecycle(), ofBucket(BUCKET_LOCK, {})], expect: "passed" },
  ],
  unknown: [{ what: "the days", resources: [bucket(), lifecycle(), lock(unknown)] }],
  secret: { none: "nothing of a lock is a secret" },
  notApplicable: [{ what: "no lock", resources: [bucket()] }],
});
