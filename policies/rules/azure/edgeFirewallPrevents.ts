import type { ResourceRule } from "../../rule";
import { EXPOSURE } from "../support/clauses";
import { is } from "./internal/access";
import { EDGE_FIREWALL } from "./internal/types";

export const edgeFirewallPrevents: ResourceRule = {
  id: "azure-edge-firewall-prevents",
  title: "The firewall of Front Door blocks by managed rules",
  area: "exposure",
  severity: "high",
  frameworks: EXPOSURE,
  why: "In detection mode, or without managed rules, an attack is written down and let through.",
  fix: "Set policySettings.mode to Prevention, enabledState to Enabled, and add a managed rule set.",
  scope: "resource",
  types: [EDGE_FIREWALL],
  check(policy, { report }) {
    if (!is(policy, "policySettings.mode", "Prevention")) {
      report("policySettings.mode is not Prevention");
    }
    if (is(policy, "policySettings.enabledState", "Disabled")) {
      report("policySettings.enabledState is Disabled");
    }
    if (policy.list("managedRules.managedRuleSets").length === 0) {
      report("managedRules.managedRuleSets is empty");
    }
  },
};
