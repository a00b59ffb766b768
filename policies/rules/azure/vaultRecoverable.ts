import type { ResourceRule } from "../../rule";
import { ENCRYPTION } from "../support/clauses";
import { VAULT } from "./internal/types";

export const vaultRecoverable: ResourceRule = {
  id: "azure-vault-recoverable",
  title: "A key vault cannot be emptied for good",
  area: "encryption",
  severity: "high",
  frameworks: ENCRYPTION,
  why: "Without its keys all that they encrypt is lost: a purged vault takes its data with it.",
  fix: "Set properties.enablePurgeProtection to true, and do not switch soft delete off.",
  scope: "resource",
  types: [VAULT],
  check(vault, { report }) {
    if (vault.flag("properties.enablePurgeProtection") !== true) {
      report("properties.enablePurgeProtection is not true");
    }
    if (vault.flag("properties.enableSoftDelete") === false) {
      report("properties.enableSoftDelete is false");
    }
  },
};
