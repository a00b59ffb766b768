import { zoneRateLimit } from "../../../../policies/rules/cloudflare/zoneRateLimit";
import { describeRule, HIDDEN } from "../../support/cases";
import { secret, unknown } from "../../support/draft";
import { rateLimit, zone } from "./fixtures";

describeRule(zoneRateLimit, {
  passes: [
    { what: "the zone has it", resources: [zone(), rateLimit()] },
    {
      what: "a zone that is not known yet",
      resources: [zone({}, { id: undefined }), rateLimit({ zoneId: unknown }, { refers: { zoneId: ["zone"] } })],
    },
    { what: "one of two rules", resources: [zone(), rateLimit({ "rules[1]": { action: "log" } })] },
  ],
  fails: [
    { what: "limits that only log", resources: [zone(), rateLimit({ "rules[0].action": "log" })] },
    { what: "rules that are off", resources: [zone(), rateLimit({ "rules[0].enabled": false })] },
    { what: "rules of another phase", resources: [zone(), rateLimit({ phase: "http_request_transform" })] },
    { what: "rules of another zone", resources: [zone(), rateLimit({ zoneId: "other" })] },
  ],
  boundary: [
    {
      what: "rules are on by default",
      resources: [zone(), rateLimit({ "rules[0].enabled": undefined })],
      expect: "passed",
    },
  ],
  absent: [
    { what: "no ruleset", resources: [zone()] },
    { what: "a ruleset without rules", resources: [zone(), rateLimit({ rules: undefined })] },
  ],
  unknown: [{ what: "rules that are not known yet", resources: [zone(), rateLimit({ rules: unknown })] }],
  secret: [
    {
      what: "a secret is read, and not quoted",
      resources: [zone(), rateLimit({ "rules[0].action": secret(HIDDEN) })],
      expect: "violated",
    },
  ],
  notApplicable: [{ what: "a ruleset alone", resources: [rateLimit()] }],
});
