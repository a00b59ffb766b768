import { zoneStrictTls } from "../../../../policies/rules/cloudflare/zoneStrictTls";
import { describeRule, HIDDEN } from "../../support/cases";
import { secret, unknown } from "../../support/draft";
import { setting, zone } from "./fixtures";

describeRule(zoneStrictTls, {
  passes: [
    { what: "the zone has it", resources: [zone(), setting("ssl", "strict")] },
    {
      what: "a zone that is not known yet",
      resources: [
        zone({}, { id: undefined }),
        setting("ssl", "strict", { zoneId: unknown }, { refers: { zoneId: ["zone"] } }),
      ],
    },
    { what: "a zone of somebody else", resources: [setting("ssl", "strict")] },
  ],
  fails: [
    { what: "a weak value", resources: [zone(), setting("ssl", "full")], message: /too weak/ },
    { what: "a weak value of somebody else's zone", resources: [setting("ssl", "full")] },
    { what: "the setting of another zone", resources: [zone(), setting("ssl", "strict", { zoneId: "other" })] },
  ],
  boundary: [
    {
      what: "certificates of Cloudflare's own authority",
      resources: [setting("ssl", "origin_pull")],
      expect: "passed",
    },
    { what: "flexible", resources: [setting("ssl", "flexible")], expect: "violated" },
  ],
  absent: [{ what: "the zone does not have it", resources: [zone(), setting("brotli", "on")], message: /no setting/ }],
  unknown: [{ what: "a value that is not known yet", resources: [zone(), setting("ssl", unknown)] }],
  secret: [
    {
      what: "a secret is read, and not quoted",
      resources: [zone(), setting("ssl", secret(HIDDEN))],
      expect: "violated",
    },
  ],
  notApplicable: [{ what: "another setting", resources: [setting("brotli", "on")] }],
});
