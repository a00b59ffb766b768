import { gdpr, iso27001, soc2 } from "../../frameworks";
import type { ResourceRule } from "../../rule";
import { VAULT } from "../support/types";

export const backupVaultCustomerKey: ResourceRule = {
  id: "backup-vault-customer-key",
  title: "A backup vault is encrypted under a key of the account",
  area: "encryption",
  severity: "high",
  frameworks: [gdpr("32(1)(a)"), soc2("CC6.1"), iso27001("A.8.24"), iso27001("A.8.13")],
  why: "A backup is a whole copy of the records: it is protected as they are.",
  fix: "Set kmsKeyArn: the vault is replaced.",
  scope: "resource",
  types: [VAULT],
  check(vault, { report }) {
    if (!vault.has("kmsKeyArn")) {
      report("kmsKeyArn is not set");
    }
  },
};
