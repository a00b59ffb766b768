import { coppa, gdpr, iso27001, soc2 } from "../../frameworks";
import type { ResourceRule } from "../../rule";
import { POSTGRES } from "./internal/types";

export const postgresBackup: ResourceRule = {
  id: "azure-postgres-backup",
  title: "Backups of PostgreSQL go back 7 to 35 days",
  area: "retention",
  severity: "high",
  frameworks: [gdpr("32(1)(c)"), soc2("A1.2"), iso27001("A.8.13"), coppa("312.10")],
  why: "A mistake that is noticed after a weekend is beyond a shorter backup; a longer one keeps what should be gone.",
  fix: "Set backup.backupRetentionDays to 7 to 35.",
  scope: "resource",
  types: [POSTGRES],
  check(server, { report }) {
    // Azure's own default is 7.
    const days = server.number("backup.backupRetentionDays") ?? 7;
    if (days < 7 || days > 35) {
      report(`backup.backupRetentionDays is ${days}`);
    }
  },
};
