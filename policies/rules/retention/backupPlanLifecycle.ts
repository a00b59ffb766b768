import { coppa, ferpa, gdpr, iso27001, soc2 } from "../../frameworks";
import type { ResourceRule } from "../../rule";
import { BACKUP_PLAN } from "../support/types";

export const backupPlanLifecycle: ResourceRule = {
  id: "backup-plan-lifecycle",
  title: "Backups are deleted in the end",
  area: "retention",
  severity: "critical",
  frameworks: [
    coppa("312.10"),
    gdpr("5(1)(e)"),
    gdpr("17"),
    ferpa("99.35(b)"),
    soc2("C1.2"),
    iso27001("A.8.10"),
    iso27001("A.8.13"),
  ],
  why: "A backup that nobody deletes keeps what was to be forgotten.",
  fix: "Set lifecycle.deleteAfter on each rule and each copy, to maxRetentionDays at most.",
  scope: "resource",
  types: [BACKUP_PLAN],
  settings: ["maxRetentionDays"],
  check(plan, { report, each, settings }) {
    const kept = [...plan.list("rules"), ...plan.nodes("rules[*].copyActions[*]")];
    each(kept, (rule) => {
      const days = rule.number("lifecycle.deleteAfter");
      if (days === undefined || days > settings.maxRetentionDays) {
        report(`${rule.path}.lifecycle.deleteAfter is ${days ?? "not set"}; ${settings.maxRetentionDays} at most`);
      }
    });
  },
};
