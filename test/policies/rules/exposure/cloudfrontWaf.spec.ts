import { cloudfrontWaf } from "../../../../policies/rules/exposure/cloudfrontWaf";
import { DISTRIBUTION } from "../../../../policies/rules/support/types";
import { describeRule, valuesOf } from "../../support/cases";

describeRule(
  cloudfrontWaf,
  valuesOf({
    type: DISTRIBUTION,
    path: "webAclId",
    good: ["arn:aws:wafv2:us-east-1:123456789012:global/webacl/x/y"],
    bad: [""],
  }),
);
