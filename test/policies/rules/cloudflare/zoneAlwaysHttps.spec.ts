import { zoneAlwaysHttps } from "../../../../policies/rules/cloudflare/zoneAlwaysHttps";
import { describeRule, HIDDEN } from "../../support/cases";
import { secret, unknown } from "../../support/draft";
import { setting, zone } from "./fixtures";

describeRule(zoneAlwaysHttps, {
  passes: [
    { what: "the zone has it", resources: [zone(), setting("always_use_https", "on")] },
    {
      what: "a zone that is not known yet",
      resources: [
        zone({}, { id: undefined }),
        setting("always_use_https", "on", { zoneId: unknown }, { refers: { zoneId: ["zone"] } }),
      ],
    },
    { what: "a zone of somebody else", resources: [setting("always_use_https", "on")] },
  ],
  fails: [
    { what: "a weak value", resources: [zone(), setting("always_use_https", "off")], message: /too weak/ },
    { what: "a weak value of somebody else's zone", resources: [setting("always_use_https", "off")] },
    {
      what: "the setting of another zone",
      resources: [zone(), setting("always_use_https", "on", { zoneId: "other" })],
    },
  ],
  boundary: { none: "a switch has no limit" },
  absent: [{ what: "the zone does not have it", resources: [zone(), setting("brotli", "on")], message: /no setting/ }],
  unknown: [{ what: "a value that is not known yet", resources: [zone(), setting("always_use_https", unknown)] }],
  secret: [
    {
      what: "a secret is read, and not quoted",
      resources: [zone(), setting("always_use_https", secret(HIDDEN))],
      expect: "violated",
    },
  ],
  notApplicable: [{ what: "another setting", resources: [setting("brotli", "on")] }],
});
