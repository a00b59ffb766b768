import type { ResourceRule } from "../../rule";
import { IDENTITY } from "../support/clauses";
import { STORAGE } from "./internal/types";

export const storageNoKeys: ResourceRule = {
  id: "azure-storage-no-keys",
  title: "A storage account is entered with an identity, not with a key",
  area: "identity",
  severity: "high",
  frameworks: IDENTITY,
  why: "The key of an account opens everything in it, and signs links that work for years.",
  fix: "Set allowSharedKeyAccess to false.",
  scope: "resource",
  types: [STORAGE],
  check(account, { report }) {
    if (account.flag("allowSharedKeyAccess") !== false) {
      report("allowSharedKeyAccess is not false");
    }
  },
};
