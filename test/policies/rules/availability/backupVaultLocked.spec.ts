import { backupVaultLocked } from "../../../../policies/rules/availability/backupVaultLocked";
import { VAULT, VAULT_LOCK } from "../../../../policies/rules/support/types";
import { describeRule } from "../../support/cases";
import { draft, unknown } from "../../support/draft";

const IT = draft(VAULT, {}, { name: "vault", outputs: { name: "vault-1" } });
const lock = (inputs: any) => draft(VAULT_LOCK, { backupVaultName: "vault-1", ...inputs }, { name: "lock" });

describeRule(backupVaultLocked, {
  passes: [{ what: "locked", resources: [IT, lock({ minRetentionDays: 7 })] }],
  fails: [{ what: "a lock without a minimum", resources: [IT, lock({ maxRetentionDays: 90 })] }],
  boundary: [{ what: "one day", resources: [IT, lock({ minRetentionDays: 1 })], expect: "passed" }],
  absent: [{ what: "no lock", resources: [IT] }],
  unknown: [{ what: "the days", resources: [IT, lock({ minRetentionDays: unknown })] }],
  secret: { none: "nothing of a lock is a secret" },
  notApplicable: { none: "it applies to every vault" },
});
