import { gdpr, iso27001, soc2 } from "../../frameworks";
import type { ResourceRule } from "../../rule";
import { WEB_ACL } from "../support/types";

export const wafManagedRules: ResourceRule = {
  id: "waf-managed-rules",
  title: "A web application firewall has managed rules and a rate limit",
  area: "exposure",
  severity: "high",
  frameworks: [soc2("CC6.6"), soc2("CC6.8"), gdpr("32(1)(b)"), iso27001("A.8.20"), iso27001("A.8.23")],
  why: "A firewall without rules lets everything through.",
  fix: "Add a managedRuleGroupStatement and a rateBasedStatement to its rules.",
  scope: "resource",
  types: [WEB_ACL],
  check(webAcl, { report }) {
    const rules = webAcl.list("rules");
    if (!rules.some((rule) => rule.keys("statement").includes("managedRuleGroupStatement"))) {
      report("no rule is a managed rule group");
    }
    if (!rules.some((rule) => rule.keys("statement").includes("rateBasedStatement"))) {
      report("no rule limits the rate");
    }
  },
};
