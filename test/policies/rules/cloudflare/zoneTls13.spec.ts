import { zoneTls13 } from "../../../../policies/rules/cloudflare/zoneTls13";
import { describeRule, HIDDEN } from "../../support/cases";
import { secret, unknown } from "../../support/draft";
import { setting, zone } from "./fixtures";

describeRule(zoneTls13, {
  passes: [
    { what: "the zone has it", resources: [zone(), setting("tls_1_3", "on")] },
    {
      what: "a zone that is not known yet",
      resources: [
        zone({}, { id: undefined }),
        setting("tls_1_3", "on", { zoneId: unknown }, { refers: { zoneId: ["zone"] } }),
      ],
    },
    { what: "a zone of somebody else", resources: [setting("tls_1_3", "on")] },
  ],
  fails: [
    { what: "a weak value", resources: [zone(), setting("tls_1_3", "off")], message: /too weak/ },
    { what: "a weak value of somebody else's zone", resources: [setting("tls_1_3", "off")] },
    { what: "the setting of another zone", resources: [zone(), setting("tls_1_3", "on", { zoneId: "other" })] },
  ],
  boundary: [{ what: "with early data", resources: [setting("tls_1_3", "zrt")], expect: "passed" }],
  absent: [{ what: "the zone does not have it", resources: [zone(), setting("brotli", "on")], message: /no setting/ }],
  unknown: [{ what: "a value that is not known yet", resources: [zone(), setting("tls_1_3", unknown)] }],
  secret: [
    {
      what: "a secret is read, and not quoted",
      resources: [zone(), setting("tls_1_3", secret(HIDDEN))],
      expect: "violated",
    },
  ],
  notApplicable: [{ what: "another setting", resources: [setting("brotli", "on")] }],
});
