import { retentionAsDeclared } from "../../../../policies/rules/retention/retentionAsDeclared";
import { BUCKET, BUCKET_LIFECYCLE, DATABASE, LOG_GROUP } from "../../../../policies/rules/support/types";
import { describeRule } from "../../support/cases";
import { draft, secret, unknown } from "../../support/draft";
import { ofBucket } from "../aws";

const RULE = {
  status: "Enabled",
  filter: {},
  expiration: { days: 1095 },
  noncurrentVersionExpiration: { noncurrentDays: 90 },
  abortIncompleteMultipartUpload: { daysAfterInitiation: 7 },
};
const lifecycle = (changes: any = {}) => ofBucket(BUCKET_LIFECYCLE, { rules: [{ ...RULE, ...changes }] });

describeRule(retentionAsDeclared, {
  passes: [
    {
      what: "a bucket",
      resources: [draft(BUCKET, { tags: { "retention-days": "1095" } }, { id: "bucket-1" }), lifecycle()],
    },
    { what: "a log group", resources: [draft(LOG_GROUP, { retentionInDays: 90, tags: { "retention-days": "90" } })] },
    {
      what: "a database",
      resources: [draft(DATABASE, { backupRetentionPeriod: 30, tags: { "retention-days": "30" } })],
    },
  ],
  fails: [
    {
      what: "another number",
      resources: [draft(LOG_GROUP, { retentionInDays: 365, tags: { "retention-days": "90" } })],
      message: /90.*365/,
    },
  ],
  boundary: [
    {
      what: "a day more",
      resources: [draft(DATABASE, { backupRetentionPeriod: 31, tags: { "retention-days": "30" } })],
      expect: "violated",
    },
  ],
  absent: [
    {
      what: "a tag, and no setting",
      resources: [draft(LOG_GROUP, { tags: { "retention-days": "90" } })],
      message: /nothing/,
    },
  ],
  unknown: [{ what: "the tags", resources: [draft(LOG_GROUP, { retentionInDays: 90, tags: unknown })] }],
  secret: [
    {
      what: "secret tags",
      resources: [draft(LOG_GROUP, { retentionInDays: 90, tags: secret({ "retention-days": "90" }) })],
      expect: "passed",
    },
  ],
  notApplicable: [{ what: "a store that declares nothing", resources: [draft(LOG_GROUP, { retentionInDays: 90 })] }],
});
