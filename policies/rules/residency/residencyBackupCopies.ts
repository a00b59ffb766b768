import { ferpa, gdpr, iso27001 } from "../../frameworks";
import { regionOf, regionOfArn } from "../../regions";
import type { GraphRule } from "../../rule";
import { reportTransfer } from "../support/transfer";
import { BACKUP_PLAN, VAULT } from "../support/types";

export const residencyBackupCopies: GraphRule = {
  id: "residency-backup-copies",
  title: "Copies of backups stay in their jurisdiction",
  area: "residency",
  severity: "critical",
  frameworks: [gdpr("44"), gdpr("5(1)(f)"), ferpa("99.31(a)(1)(i)(B)"), iso27001("A.5.34"), iso27001("A.5.23")],
  why: "A backup is a whole copy of the records, in another country.",
  fix: "Copy to a vault in another region of the same jurisdiction.",
  scope: "stack",
  types: [BACKUP_PLAN],
  settings: ["jurisdictions"],
  applies: (plan) => plan.nodes("rules[*].copyActions[*]").length > 0,
  check(plan, { report, graph, settings, each }) {
    each(plan.nodes("rules[*].copyActions[*]"), (copy) => {
      if (!copy.isUnknown("destinationVaultArn")) {
        reportTransfer(regionOf(plan), regionOfArn(copy.text("destinationVaultArn")), settings, report);
      }
    });
    each(graph.targets(plan, "rules[*].copyActions[*].destinationVaultArn", VAULT), (vault) => {
      reportTransfer(regionOf(plan), regionOf(vault), settings, report);
    });
  },
};
