import type { GraphRule } from "../../rule";
import { EXPOSURE } from "../support/clauses";
import { hasRule, ZONE } from "./internal/zones";

export const zoneFirewall: GraphRule = {
  id: "cloudflare-zone-firewall",
  title: "A zone has the managed firewall rules",
  area: "exposure",
  severity: "critical",
  frameworks: EXPOSURE,
  why: "Every known attack on frameworks and libraries reaches the application.",
  fix: "Add a Ruleset of the phase http_request_firewall_managed with a rule that executes a managed ruleset.",
  scope: "stack",
  types: [ZONE],
  check(zone, context) {
    if (!hasRule(zone, "http_request_firewall_managed", (rule) => rule.text("action") === "execute", context)) {
      context.report("no ruleset of the phase http_request_firewall_managed executes a managed ruleset");
    }
  },
};
