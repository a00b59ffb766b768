import type { ResourceRule } from "../../rule";
import { LEAST_PRIVILEGE } from "../support/clauses";
import { VAULT } from "./internal/types";

export const vaultRbac: ResourceRule = {
  id: "azure-vault-rbac",
  title: "Who may use a key vault is decided by roles",
  area: "identity",
  severity: "high",
  frameworks: LEAST_PRIVILEGE,
  why: "Access policies are for the whole vault, and whoever may write the vault gives them to himself.",
  fix: "Set properties.enableRbacAuthorization to true, and assign roles for keys and secrets.",
  scope: "resource",
  types: [VAULT],
  check(vault, { report }) {
    if (vault.flag("properties.enableRbacAuthorization") !== true) {
      report("properties.enableRbacAuthorization is not true");
    }
  },
};
