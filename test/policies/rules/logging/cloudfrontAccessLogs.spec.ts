import { cloudfrontAccessLogs } from "../../../../policies/rules/logging/cloudfrontAccessLogs";
import { DISTRIBUTION } from "../../../../policies/rules/support/types";
import { describeRule } from "../../support/cases";
import { draft, unknown } from "../../support/draft";

const SITE = draft(DISTRIBUTION, {}, { name: "site", outputs: { arn: "arn:site" } });
const SOURCE = draft(
  "aws:cloudwatch/logDeliverySource:LogDeliverySource",
  { resourceArn: "arn:site" },
  { name: "source" },
);

describeRule(cloudfrontAccessLogs, {
  passes: [
    { what: "delivered", resources: [SITE, SOURCE] },
    { what: "into a bucket", resources: [draft(DISTRIBUTION, { loggingConfig: { bucket: "logs.s3.amazonaws.com" } })] },
  ],
  fails: [
    {
      what: "with cookies",
      resources: [draft(DISTRIBUTION, { loggingConfig: { bucket: "logs", includeCookies: true } })],
    },
  ],
  boundary: [
    {
      what: "another distribution is delivered",
      resources: [SITE, draft(SOURCE.type, { resourceArn: "arn:other" }, { name: "source" })],
      expect: "violated",
    },
  ],
  absent: [{ what: "no log", resources: [SITE] }],
  unknown: [
    {
      what: "whether there are cookies",
      resources: [draft(DISTRIBUTION, { loggingConfig: { bucket: "logs", includeCookies: unknown } })],
    },
  ],
  secret: { none: "nothing of a log is a secret" },
  notApplicable: { none: "it applies to every distribution" },
});
