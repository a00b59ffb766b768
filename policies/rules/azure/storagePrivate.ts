import type { ResourceRule } from "../../rule";
import { EXPOSURE } from "../support/clauses";
import { checkClosed, isAnywhere } from "./internal/access";
import { STORAGE } from "./internal/types";

export const storagePrivate: ResourceRule = {
  id: "azure-storage-private",
  title: "A storage account does not answer the whole internet",
  area: "exposure",
  severity: "high",
  frameworks: EXPOSURE,
  why: "A stolen token or signed link works from anywhere.",
  fix: "Set publicNetworkAccess to Disabled, or networkRuleSet.defaultAction to Deny and name who is let in.",
  scope: "resource",
  types: [STORAGE],
  check(account, context) {
    if (account.texts("networkRuleSet.ipRules[*].iPAddressOrRange").some(isAnywhere)) {
      context.report("networkRuleSet.ipRules lets everybody in");
    }
    checkClosed(account, context, "", "networkRuleSet");
  },
};
