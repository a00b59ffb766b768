import { ferpa, gdpr, iso27001, soc2 } from "../../frameworks";
import type { GraphRule } from "../../rule";
import { VAULT, VAULT_LOCK } from "../support/types";

export const backupVaultLocked: GraphRule = {
  id: "backup-vault-locked",
  title: "A backup vault is locked",
  area: "availability",
  severity: "high",
  frameworks: [gdpr("32(1)(c)"), soc2("A1.2"), iso27001("A.8.13"), ferpa("99.32"), soc2("CC7.5"), iso27001("A.5.33")],
  why: "Who breaks in to extort deletes the backups first.",
  fix: "Add a VaultLockConfiguration with minRetentionDays for the vault.",
  scope: "stack",
  types: [VAULT],
  check(vault, { report, graph, each }) {
    const locks = graph.referrers(vault, VAULT_LOCK, "backupVaultName");
    if (locks.length === 0) {
      report("it has no VaultLockConfiguration");
    }
    each(locks, (lock) => {
      if ((lock.number("minRetentionDays") ?? 0) < 1) {
        report("its lock has no minRetentionDays");
      }
    });
  },
};
