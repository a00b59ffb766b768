import { wafManagedRules } from "../../../../policies/rules/exposure/wafManagedRules";
import { WEB_ACL } from "../../../../policies/rules/support/types";
import { describeRule, HIDDEN } from "../../support/cases";
import { draft, secret, unknown } from "../../support/draft";

const MANAGED = { statement: { managedRuleGroupStatement: { name: "AWSManagedRulesCommonRuleSet" } } };
const RATE = { statement: { rateBasedStatement: { limit: 1000 } } };

describeRule(wafManagedRules, {
  passes: [{ what: "both", resources: [draft(WEB_ACL, { rules: [MANAGED, RATE] })] }],
  fails: [
    { what: "no rate limit", resources: [draft(WEB_ACL, { rules: [MANAGED] })], message: /rate/ },
    { what: "no managed rules", resources: [draft(WEB_ACL, { rules: [RATE] })], message: /managed/ },
  ],
  boundary: { none: "the rate is the operator's choice" },
  absent: [{ what: "no rules", resources: [draft(WEB_ACL, {})] }],
  unknown: [{ what: "the rules", resources: [draft(WEB_ACL, { rules: unknown })] }],
  secret: [
    {
      what: "a rule that looks for a secret header",
      resources: [
        draft(WEB_ACL, {
          rules: [MANAGED, RATE, { statement: { byteMatchStatement: { searchString: secret(HIDDEN) } } }],
        }),
      ],
      expect: "passed",
    },
  ],
  notApplicable: { none: "it applies to every firewall" },
});
