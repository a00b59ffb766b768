import { coppa, ferpa, gdpr, iso27001, soc2 } from "../../frameworks";
import type { ResourceRule } from "../../rule";
import { azure } from "./internal/types";

const YEAR = 365;

export const logRetention: ResourceRule = {
  id: "azure-log-retention",
  title: "Logs are kept for a year, and not beyond the time that is allowed",
  area: "retention",
  severity: "high",
  frameworks: [ferpa("99.32"), iso27001("A.8.15"), gdpr("5(1)(e)"), soc2("CC7.3"), coppa("312.10")],
  why: "A breach is found months after it began: shorter logs do not show its beginning, and longer ones keep data about persons without need.",
  fix: "Set retentionInDays to 365 at least, and to maxRetentionDays of cutover:policies at most.",
  scope: "resource",
  settings: ["maxRetentionDays"],
  types: [azure("operationalinsights", "Workspace")],
  check(workspace, { report, settings }) {
    // Azure's own default is 30.
    const days = workspace.number("retentionInDays") ?? 30;
    if (days < YEAR || days > settings.maxRetentionDays) {
      report(`retentionInDays is ${days}, not ${YEAR} to ${settings.maxRetentionDays}`);
    }
  },
};
