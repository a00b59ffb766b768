import { zoneMinimumTls } from "../../../../policies/rules/cloudflare/zoneMinimumTls";
import { describeRule, HIDDEN } from "../../support/cases";
import { secret, unknown } from "../../support/draft";
import { setting, zone } from "./fixtures";

describeRule(zoneMinimumTls, {
  passes: [
    { what: "the zone has it", resources: [zone(), setting("min_tls_version", "1.2")] },
    {
      what: "a zone that is not known yet",
      resources: [
        zone({}, { id: undefined }),
        setting("min_tls_version", "1.2", { zoneId: unknown }, { refers: { zoneId: ["zone"] } }),
      ],
    },
    { what: "a zone of somebody else", resources: [setting("min_tls_version", "1.2")] },
  ],
  fails: [
    { what: "a weak value", resources: [zone(), setting("min_tls_version", "1.0")], message: /too weak/ },
    { what: "a weak value of somebody else's zone", resources: [setting("min_tls_version", "1.0")] },
    {
      what: "the setting of another zone",
      resources: [zone(), setting("min_tls_version", "1.2", { zoneId: "other" })],
    },
  ],
  boundary: [
    { what: "1.1", resources: [setting("min_tls_version", "1.1")], expect: "violated" },
    { what: "1.3", resources: [setting("min_tls_version", "1.3")], expect: "passed" },
  ],
  absent: [{ what: "the zone does not have it", resources: [zone(), setting("brotli", "on")], message: /no setting/ }],
  unknown: [{ what: "a value that is not known yet", resources: [zone(), setting("min_tls_version", unknown)] }],
  secret: [
    {
      what: "a secret is read, and not quoted",
      resources: [zone(), setting("min_tls_version", secret(HIDDEN))],
      expect: "violated",
    },
  ],
  notApplicable: [{ what: "another setting", resources: [setting("brotli", "on")] }],
});
