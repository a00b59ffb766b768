import { coppa, gdpr, iso27001, soc2 } from "../../frameworks";
import type { ResourceRule } from "../../rule";
import { LOG_GROUP } from "../support/types";

export const logGroupRetention: ResourceRule = {
  id: "log-group-retention",
  title: "A log group says how long it keeps its events",
  area: "logging",
  severity: "high",
  frameworks: [gdpr("5(1)(e)"), coppa("312.10"), soc2("C1.2"), iso27001("A.8.15"), iso27001("A.8.10")],
  why: "Without it CloudWatch keeps them for ever, with what is in them about people.",
  fix: "Set retentionInDays, and not to 0.",
  scope: "resource",
  types: [LOG_GROUP],
  applies: (logGroup) => logGroup.text("logGroupClass") !== "DELIVERY",
  check(logGroup, { report }) {
    if ((logGroup.number("retentionInDays") ?? 0) === 0) {
      report("retentionInDays is not set: its events never expire");
    }
  },
};
