import { zoneFirewall } from "../../../../policies/rules/cloudflare/zoneFirewall";
import { describeRule, HIDDEN } from "../../support/cases";
import { secret, unknown } from "../../support/draft";
import { managedRules, zone } from "./fixtures";

describeRule(zoneFirewall, {
  passes: [
    { what: "the zone has it", resources: [zone(), managedRules()] },
    {
      what: "a zone that is not known yet",
      resources: [zone({}, { id: undefined }), managedRules({ zoneId: unknown }, { refers: { zoneId: ["zone"] } })],
    },
    { what: "one of two rules", resources: [zone(), managedRules({ "rules[1]": { action: "log" } })] },
  ],
  fails: [
    { what: "rules that only log", resources: [zone(), managedRules({ "rules[0].action": "log" })] },
    { what: "rules that are off", resources: [zone(), managedRules({ "rules[0].enabled": false })] },
    { what: "rules of another phase", resources: [zone(), managedRules({ phase: "http_request_transform" })] },
    { what: "rules of another zone", resources: [zone(), managedRules({ zoneId: "other" })] },
  ],
  boundary: [
    {
      what: "rules are on by default",
      resources: [zone(), managedRules({ "rules[0].enabled": undefined })],
      expect: "passed",
    },
  ],
  absent: [
    { what: "no ruleset", resources: [zone()] },
    { what: "a ruleset without rules", resources: [zone(), managedRules({ rules: undefined })] },
  ],
  unknown: [{ what: "rules that are not known yet", resources: [zone(), managedRules({ rules: unknown })] }],
  secret: [
    {
      what: "a secret is read, and not quoted",
      resources: [zone(), managedRules({ "rules[0].action": secret(HIDDEN) })],
      expect: "violated",
    },
  ],
  notApplicable: [{ what: "a ruleset alone", resources: [managedRules()] }],
});
