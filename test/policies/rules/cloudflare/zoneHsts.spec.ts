import { zoneHsts } from "../../../../policies/rules/cloudflare/zoneHsts";
import { describeRule, HIDDEN } from "../../support/cases";
import { secret, unknown } from "../../support/draft";
import { setting, zone } from "./fixtures";

function hsts(seconds: number, enabled = true) {
  return { strict_transport_security: { enabled, max_age: seconds } };
}

describeRule(zoneHsts, {
  passes: [
    { what: "the zone has it", resources: [zone(), setting("security_header", hsts(31_536_000))] },
    {
      what: "a zone that is not known yet",
      resources: [
        zone({}, { id: undefined }),
        setting("security_header", hsts(31_536_000), { zoneId: unknown }, { refers: { zoneId: ["zone"] } }),
      ],
    },
    { what: "a zone of somebody else", resources: [setting("security_header", hsts(31_536_000))] },
  ],
  fails: [
    { what: "a weak value", resources: [zone(), setting("security_header", hsts(60))], message: /too weak/ },
    { what: "a weak value of somebody else's zone", resources: [setting("security_header", hsts(60))] },
    {
      what: "the setting of another zone",
      resources: [zone(), setting("security_header", hsts(31_536_000), { zoneId: "other" })],
    },
    { what: "it is off", resources: [setting("security_header", hsts(31_536_000, false))] },
  ],
  boundary: [
    { what: "half a year", resources: [setting("security_header", hsts(15_552_000))], expect: "passed" },
    { what: "a second less", resources: [setting("security_header", hsts(15_551_999))], expect: "violated" },
  ],
  absent: [{ what: "the zone does not have it", resources: [zone(), setting("brotli", "on")], message: /no setting/ }],
  unknown: [{ what: "a value that is not known yet", resources: [zone(), setting("security_header", unknown)] }],
  secret: [
    {
      what: "a secret is read, and not quoted",
      resources: [zone(), setting("security_header", secret(HIDDEN))],
      expect: "violated",
    },
  ],
  notApplicable: [{ what: "another setting", resources: [setting("brotli", "on")] }],
});
