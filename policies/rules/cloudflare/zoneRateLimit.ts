import type { GraphRule } from "../../rule";
import { EXPOSURE } from "../support/clauses";
import { hasRule, ZONE } from "./internal/zones";

const LIMITS = new Set<string | undefined>(["block", "challenge", "js_challenge", "managed_challenge"]);

export const zoneRateLimit: GraphRule = {
  id: "cloudflare-zone-rate-limit",
  title: "A zone limits the rate of requests",
  area: "exposure",
  severity: "high",
  frameworks: EXPOSURE,
  why: "Passwords are guessed, and records are fetched one after the other, as fast as the application answers.",
  fix: "Add a Ruleset of the phase http_ratelimit with a rule that blocks or challenges.",
  scope: "stack",
  types: [ZONE],
  check(zone, context) {
    if (!hasRule(zone, "http_ratelimit", (rule) => LIMITS.has(rule.text("action")), context)) {
      context.report("no ruleset of the phase http_ratelimit blocks or challenges");
    }
  },
};
