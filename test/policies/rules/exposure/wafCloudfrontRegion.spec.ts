import { wafCloudfrontRegion } from "../../../../policies/rules/exposure/wafCloudfrontRegion";
import { WEB_ACL } from "../../../../policies/rules/support/types";
import { describeRule } from "../../support/cases";
import { draft, unknown } from "../../support/draft";
import { inRegion } from "../aws";

describeRule(wafCloudfrontRegion, {
  passes: [{ what: "us-east-1", resources: [draft(WEB_ACL, { scope: "CLOUDFRONT" }, inRegion("us-east-1"))] }],
  fails: [{ what: "another region", resources: [draft(WEB_ACL, { scope: "CLOUDFRONT" }, inRegion("eu-west-1"))] }],
  boundary: [
    {
      what: "its own region argument counts more than its provider",
      resources: [draft(WEB_ACL, { scope: "CLOUDFRONT", region: "us-east-1" }, inRegion("eu-west-1"))],
      expect: "passed",
    },
  ],
  absent: [
    { what: "a region that nobody names", resources: [draft(WEB_ACL, { scope: "CLOUDFRONT" })], expect: "passed" },
  ],
  unknown: [{ what: "the region", resources: [draft(WEB_ACL, { scope: "CLOUDFRONT", region: unknown })] }],
  secret: { none: "a region is no secret" },
  notApplicable: [
    { what: "a regional firewall", resources: [draft(WEB_ACL, { scope: "REGIONAL" }, inRegion("eu-west-1"))] },
  ],
});
