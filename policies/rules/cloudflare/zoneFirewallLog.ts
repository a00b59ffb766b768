import { coppa, gdpr, iso27001, soc2 } from "../../frameworks";
import type { GraphRule } from "../../rule";
import { ZONE } from "./internal/zones";

const LOGPUSH = "cloudflare:index/logpushJob:LogpushJob";

export const zoneFirewallLog: GraphRule = {
  id: "cloudflare-zone-firewall-log",
  title: "What the firewall of a zone did is written down",
  area: "logging",
  severity: "medium",
  level: "advisory",
  frameworks: [soc2("CC7.2"), iso27001("A.8.15"), gdpr("33"), coppa("312.8(b)")],
  why: "What the edge blocks is seen by nobody behind it, and Cloudflare forgets it after a month.",
  fix: "Add a LogpushJob of the dataset firewall_events that is enabled, to a bucket in the jurisdiction.",
  scope: "stack",
  types: [ZONE],
  check(zone, { graph, report }) {
    const jobs = graph.referrers(zone, LOGPUSH, "zoneId");
    const writes = jobs.some((job) => job.text("dataset") === "firewall_events" && job.flag("enabled") === true);
    if (!writes) {
      report("no Logpush job of the zone writes firewall_events");
    }
  },
};
