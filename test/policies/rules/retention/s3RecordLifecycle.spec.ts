import { s3RecordLifecycle } from "../../../../policies/rules/retention/s3RecordLifecycle";
import { BUCKET_LIFECYCLE } from "../../../../policies/rules/support/types";
import { describeRule } from "../../support/cases";
import { unknown } from "../../support/draft";
import { bucket, ofBucket, recordsBucket } from "../aws";

const RULE = {
  status: "Enabled",
  filter: {},
  expiration: { days: 1095 },
  noncurrentVersionExpiration: { noncurrentDays: 90 },
  abortIncompleteMultipartUpload: { daysAfterInitiation: 7 },
};
const lifecycle = (changes: any = {}) => ofBucket(BUCKET_LIFECYCLE, { rules: [{ ...RULE, ...changes }] });

describeRule(s3RecordLifecycle, {
  passes: [{ what: "all three", resources: [recordsBucket(), lifecycle()] }],
  fails: [
    {
      what: "objects stay",
      resources: [recordsBucket(), lifecycle({ expiration: null })],
      message: /expires its objects/,
    },
    {
      what: "old versions stay",
      resources: [recordsBucket(), lifecycle({ noncurrentVersionExpiration: null })],
      message: /old versions/,
    },
    {
      what: "torn uploads stay",
      resources: [recordsBucket(), lifecycle({ abortIncompleteMultipartUpload: null })],
      message: /torn uploads/,
    },
    { what: "a rule for some objects", resources: [recordsBucket(), lifecycle({ filter: { prefix: "tmp/" } })] },
    { what: "a rule that is switched off", resources: [recordsBucket(), lifecycle({ status: "Disabled" })] },
  ],
  boundary: [
    {
      what: "the maximum",
      resources: [recordsBucket(), lifecycle({ expiration: { days: 100 } })],
      settings: { maxRetentionDays: 100 },
      expect: "passed",
    },
    {
      what: "a day more",
      resources: [recordsBucket(), lifecycle({ expiration: { days: 101 } })],
      settings: { maxRetentionDays: 100 },
      expect: "violated",
      message: /101/,
    },
  ],
  absent: [{ what: "no lifecycle", resources: [recordsBucket()] }],
  unknown: [{ what: "the days", resources: [recordsBucket(), lifecycle({ expiration: { days: unknown } })] }],
  secret: { none: "nothing of a lifecycle is a secret" },
  notApplicable: [{ what: "a bucket of assets", resources: [bucket({ tags: { "data-class": "public-asset" } })] }],
});
