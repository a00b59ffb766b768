import { ferpa, gdpr, iso27001, soc2 } from "../../frameworks";
import type { ResourceRule } from "../../rule";
import { DATABASE, DATABASE_CLUSTER } from "../support/types";

export const rdsLogsExported: ResourceRule = {
  id: "rds-logs-exported",
  title: "A database sends its logs to CloudWatch",
  area: "logging",
  severity: "high",
  frameworks: [ferpa("99.32"), gdpr("30"), gdpr("33"), soc2("CC7.2"), iso27001("A.8.15")],
  why: "Logs on the instance are gone after days, and with the instance.",
  fix: "Set enabledCloudwatchLogsExports: postgresql (PostgreSQL); audit and error (MySQL, MariaDB).",
  scope: "resource",
  types: [DATABASE, DATABASE_CLUSTER],
  check(database, { report }) {
    if (database.texts("enabledCloudwatchLogsExports").length === 0) {
      report("enabledCloudwatchLogsExports is empty");
    }
  },
};
