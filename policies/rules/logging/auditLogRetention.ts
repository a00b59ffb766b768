import { ferpa, iso27001, soc2 } from "../../frameworks";
import type { ResourceRule } from "../../rule";
import { dataClassOf } from "../support/stores";
import { LOG_GROUP } from "../support/types";

export const auditLogRetention: ResourceRule = {
  id: "audit-log-retention",
  title: "Audit logs are kept for a year",
  area: "logging",
  severity: "high",
  frameworks: [ferpa("99.32"), soc2("CC7.3"), iso27001("A.5.28"), iso27001("A.8.15")],
  why: "A breach is found months after it happened.",
  fix: "Set retentionInDays to 365 or more for log groups whose data tag is audit-log.",
  scope: "resource",
  types: [LOG_GROUP],
  settings: ["dataTag"],
  applies: (logGroup, { settings }) => dataClassOf(logGroup, settings) === "audit-log",
  check(logGroup, { report }) {
    const days = logGroup.number("retentionInDays") ?? 0;
    if (days !== 0 && days < 365) {
      report(`retentionInDays is ${days}, fewer than 365`);
    }
  },
};
