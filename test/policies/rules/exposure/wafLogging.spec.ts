import { wafLogging } from "../../../../policies/rules/exposure/wafLogging";
import { WEB_ACL } from "../../../../policies/rules/support/types";
import { describeRule } from "../../support/cases";
import { draft, unknown } from "../../support/draft";

const LOGGING = "aws:wafv2/webAclLoggingConfiguration:WebAclLoggingConfiguration";
const ACL = draft(WEB_ACL, {}, { name: "acl", outputs: { arn: "arn:acl" } });
const logging = (names: string[]) =>
  draft(
    LOGGING,
    { resourceArn: "arn:acl", redactedFields: names.map((name) => ({ singleHeader: { name } })) },
    { name: "logging" },
  );

describeRule(wafLogging, {
  passes: [{ what: "redacted", resources: [ACL, logging(["authorization", "cookie"])] }],
  fails: [{ what: "with cookies", resources: [ACL, logging(["authorization"])], message: /cookie/ }],
  boundary: [{ what: "names in capitals", resources: [ACL, logging(["Authorization", "Cookie"])], expect: "passed" }],
  absent: [{ what: "no log", resources: [ACL] }],
  unknown: [
    {
      what: "the fields",
      resources: [ACL, draft(LOGGING, { resourceArn: "arn:acl", redactedFields: unknown }, { name: "logging" })],
    },
  ],
  secret: { none: "names of headers are no secrets" },
  notApplicable: { none: "it applies to every firewall" },
});
