import { coppa, gdpr, iso27001, soc2 } from "../../frameworks";
import type { GraphRule } from "../../rule";
import { ZONE } from "./internal/zones";

const DNSSEC = "cloudflare:index/zoneDnssec:ZoneDnssec";

export const zoneDnssec: GraphRule = {
  id: "cloudflare-zone-dnssec",
  title: "The records of a zone are signed",
  area: "exposure",
  severity: "high",
  frameworks: [soc2("CC6.7"), iso27001("A.8.21"), gdpr("32(1)(b)"), coppa("312.8(a)")],
  why: "Without a signature a forged answer sends users to somebody else, who then gets a certificate, too.",
  fix: "Add a ZoneDnssec with the status active, and publish its DS record at the registrar.",
  scope: "stack",
  types: [ZONE, DNSSEC],
  check(resource, { graph, report }) {
    if (resource.type === ZONE) {
      if (graph.referrers(resource, DNSSEC, "zoneId").length === 0) {
        report("the zone has no ZoneDnssec");
      }
    } else if (resource.text("status") !== "active") {
      report("status is not active");
    }
  },
};
