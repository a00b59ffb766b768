import { zoneDnssec } from "../../../../policies/rules/cloudflare/zoneDnssec";
import { describeRule, HIDDEN } from "../../support/cases";
import { secret, unknown } from "../../support/draft";
import { dnssec, record, zone } from "./fixtures";

describeRule(zoneDnssec, {
  passes: [
    { what: "active", resources: [zone(), dnssec()] },
    {
      what: "a zone that is not known yet",
      resources: [zone({}, { id: undefined }), dnssec({ zoneId: unknown }, { refers: { zoneId: ["zone"] } })],
    },
  ],
  fails: [
    { what: "disabled", resources: [zone(), dnssec({ status: "disabled" })] },
    { what: "of another zone", resources: [zone(), dnssec({ zoneId: "other" })] },
  ],
  boundary: { none: "a zone is signed or not" },
  absent: [
    { what: "no DNSSEC", resources: [zone()] },
    { what: "no status", resources: [dnssec({ status: undefined })] },
  ],
  unknown: [{ what: "a status that is not known yet", resources: [zone(), dnssec({ status: unknown })] }],
  secret: [
    {
      what: "a secret is read, and not quoted",
      resources: [zone(), dnssec({ status: secret(HIDDEN) })],
      expect: "violated",
    },
  ],
  notApplicable: [{ what: "another type", resources: [record()] }],
});
