import { iso27001, soc2 } from "../../frameworks";
import type { ResourceRule } from "../../rule";
import { DATABASE } from "../support/types";

export const rdsMonitoring: ResourceRule = {
  id: "rds-monitoring",
  title: "A database is watched: its system and its queries",
  area: "logging",
  severity: "medium",
  frameworks: [soc2("CC7.2"), soc2("A1.1"), iso27001("A.8.16"), iso27001("A.8.6")],
  why: "What is slow or full during a failover can only be seen by what was measured before.",
  fix: "Set monitoringInterval to 60 or less (not 0), and performanceInsightsEnabled to true.",
  scope: "resource",
  types: [DATABASE],
  check(database, { report }) {
    if ((database.number("monitoringInterval") ?? 0) === 0) {
      report("monitoringInterval is 0");
    }
    if (database.flag("performanceInsightsEnabled") !== true) {
      report("performanceInsightsEnabled is not true");
    }
  },
};
