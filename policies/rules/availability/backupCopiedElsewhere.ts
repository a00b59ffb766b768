import { ferpa, gdpr, iso27001, soc2 } from "../../frameworks";
import { regionOf, regionOfArn } from "../../regions";
import type { ResourceRule } from "../../rule";
import { BACKUP_PLAN } from "../support/types";

export const backupCopiedElsewhere: ResourceRule = {
  id: "backup-copied-elsewhere",
  title: "Backups are copied to another region",
  area: "availability",
  severity: "high",
  frameworks: [gdpr("32(1)(c)"), soc2("A1.2"), iso27001("A.8.13"), ferpa("99.32"), soc2("A1.3"), iso27001("A.5.29")],
  why: "A backup in the region that is gone restores nothing.",
  fix: "Add copyActions to each rule, to a vault in another region of the jurisdiction.",
  scope: "resource",
  types: [BACKUP_PLAN],
  check(plan, { report, each }) {
    each(plan.list("rules"), (rule) => {
      const copies = rule.list("copyActions");
      if (copies.length === 0) {
        report(`${rule.path} has no copyActions`);
      }
      each(copies, (copy) => {
        const [from, to] = [regionOf(plan), regionOfArn(copy.text("destinationVaultArn"))];
        if (from !== undefined && from === to) {
          report(`${copy.path} copies inside ${from}`);
        }
      });
    });
  },
};
