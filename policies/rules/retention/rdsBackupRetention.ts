import { ferpa, gdpr, iso27001, soc2 } from "../../frameworks";
import type { Node } from "../../node";
import type { ResourceRule } from "../../rule";
import { DATABASE, DATABASE_CLUSTER } from "../support/types";

/** A replica in the same region is made again from its source; one that says nothing keeps none. */
function isReader(database: Node): boolean {
  return database.has("replicateSourceDb") && !database.has("backupRetentionPeriod");
}

export const rdsBackupRetention: ResourceRule = {
  id: "rds-backup-retention",
  title: "A database keeps automated backups for a week to five weeks",
  area: "retention",
  severity: "high",
  frameworks: [gdpr("32(1)(c)"), soc2("A1.2"), ferpa("99.35(b)"), iso27001("A.8.13")],
  why: "Without them there is no way back from a wrong migration; RDS keeps none for longer than 35 days.",
  fix: "Set backupRetentionPeriod to 7 to 35.",
  scope: "resource",
  types: [DATABASE, DATABASE_CLUSTER],
  applies: (database) => !isReader(database),
  check(database, { report }) {
    const days = database.number("backupRetentionPeriod") ?? 1;
    if (days < 7 || days > 35) {
      report(`backupRetentionPeriod is ${days}, not 7 to 35`);
    }
  },
};
