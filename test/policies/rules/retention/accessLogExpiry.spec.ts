import { accessLogExpiry } from "../../../../policies/rules/retention/accessLogExpiry";
import { BUCKET_LIFECYCLE, LOG_GROUP } from "../../../../policies/rules/support/types";
import { describeRule } from "../../support/cases";
import { draft, unknown } from "../../support/draft";
import { bucket, ofBucket } from "../aws";

const RULE = {
  status: "Enabled",
  filter: {},
  expiration: { days: 1095 },
  noncurrentVersionExpiration: { noncurrentDays: 90 },
  abortIncompleteMultipartUpload: { daysAfterInitiation: 7 },
};
const lifecycle = (changes: any = {}) => ofBucket(BUCKET_LIFECYCLE, { rules: [{ ...RULE, ...changes }] });
const logs = () => bucket({ tags: { "data-class": "access-log" } });
const FIREWALL = draft(
  "aws:wafv2/webAclLoggingConfiguration:WebAclLoggingConfiguration",
  { logDestinationConfigs: ["arn:log"] },
  { name: "logging" },
);

describeRule(accessLogExpiry, {
  passes: [
    { what: "a bucket", resources: [logs(), lifecycle({ expiration: { days: 90 } })] },
    {
      what: "a log group of a firewall",
      resources: [draft(LOG_GROUP, { retentionInDays: 90 }, { outputs: { arn: "arn:log" } }), FIREWALL],
    },
  ],
  fails: [
    { what: "a bucket that keeps", resources: [logs(), lifecycle({ expiration: null })] },
    { what: "a log group that keeps", resources: [draft(LOG_GROUP, {}, { outputs: { arn: "arn:log" } }), FIREWALL] },
  ],
  boundary: [
    { what: "the maximum", resources: [logs(), lifecycle({ expiration: { days: 400 } })], expect: "passed" },
    { what: "a day more", resources: [logs(), lifecycle({ expiration: { days: 401 } })], expect: "violated" },
  ],
  absent: [{ what: "no lifecycle", resources: [logs()] }],
  unknown: [{ what: "the days", resources: [logs(), lifecycle({ expiration: { days: unknown } })] }],
  secret: { none: "nothing of it is a secret" },
  notApplicable: [{ what: "another bucket", resources: [bucket()] }],
});
