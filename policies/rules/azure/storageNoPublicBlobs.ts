import type { ResourceRule } from "../../rule";
import { EXPOSURE } from "../support/clauses";
import { STORAGE } from "./internal/types";

export const storageNoPublicBlobs: ResourceRule = {
  id: "azure-storage-no-public-blobs",
  title: "No container of a storage account can be public",
  area: "exposure",
  severity: "critical",
  frameworks: EXPOSURE,
  why: "One container that is made public by mistake shows its files to everybody.",
  fix: "Set allowBlobPublicAccess to false.",
  scope: "resource",
  types: [STORAGE],
  check(account, { report }) {
    if (account.flag("allowBlobPublicAccess") !== false) {
      report("allowBlobPublicAccess is not false");
    }
  },
};
