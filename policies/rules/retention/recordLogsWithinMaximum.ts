import { coppa, ferpa, gdpr, iso27001, soc2 } from "../../frameworks";
import type { ResourceRule } from "../../rule";
import { holdsRecords } from "../support/stores";
import { LOG_GROUP } from "../support/types";

export const recordLogsWithinMaximum: ResourceRule = {
  id: "record-logs-within-maximum",
  title: "Logs about pupils are deleted in the end",
  area: "retention",
  severity: "high",
  frameworks: [coppa("312.10"), gdpr("5(1)(e)"), gdpr("17"), ferpa("99.35(b)"), soc2("C1.2"), iso27001("A.8.10")],
  why: "A log with names or sessions is data about pupils, too.",
  fix: "Set retentionInDays to maxRetentionDays at most.",
  scope: "resource",
  types: [LOG_GROUP],
  settings: ["dataTag", "recordClasses", "maxRetentionDays"],
  applies: (logGroup, { settings }) => holdsRecords(logGroup, settings),
  check(logGroup, { report, settings }) {
    const days = logGroup.number("retentionInDays") ?? 0;
    if (days === 0 || days > settings.maxRetentionDays) {
      report(
        days === 0 ? "its events never expire" : `retentionInDays is ${days}, more than ${settings.maxRetentionDays}`,
      );
    }
  },
};
