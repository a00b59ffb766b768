import type { ResourceRule } from "../../rule";
import { EXPOSURE } from "../support/clauses";
import { checkClosed } from "./internal/access";
import { VAULT } from "./internal/types";

export const vaultPrivate: ResourceRule = {
  id: "azure-vault-private",
  title: "A key vault does not answer the whole internet",
  area: "exposure",
  severity: "high",
  frameworks: EXPOSURE,
  why: "A stolen token opens an open vault from anywhere.",
  fix: "Set properties.publicNetworkAccess to Disabled, or properties.networkAcls.defaultAction to Deny and name who is let in.",
  scope: "resource",
  types: [VAULT],
  check(vault, context) {
    checkClosed(vault, context, "properties.", "properties.networkAcls");
  },
};
