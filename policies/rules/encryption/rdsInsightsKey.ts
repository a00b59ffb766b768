import { gdpr, iso27001, soc2 } from "../../frameworks";
import type { ResourceRule } from "../../rule";
import { DATABASE, DATABASE_CLUSTER } from "../support/types";

export const rdsInsightsKey: ResourceRule = {
  id: "rds-insights-key",
  title: "Performance Insights are encrypted under a key of the account",
  area: "encryption",
  severity: "medium",
  frameworks: [gdpr("32(1)(a)"), soc2("CC6.1"), iso27001("A.8.24")],
  why: "Performance Insights keeps the text of SQL statements, and with it values of records.",
  fix: "Set performanceInsightsKmsKeyId.",
  scope: "resource",
  types: [DATABASE, DATABASE_CLUSTER],
  applies: (database) => database.flag("performanceInsightsEnabled") === true,
  check(database, { report }) {
    if (!database.has("performanceInsightsKmsKeyId")) {
      report("performanceInsightsKmsKeyId is not set");
    }
  },
};
