import type { ResourceRule } from "../../rule";
import { IDENTITY } from "../support/clauses";
import { AI_ACCOUNT } from "./internal/types";

export const aiNoKeys: ResourceRule = {
  id: "azure-ai-no-keys",
  title: "AI services are called with an identity, not with a key",
  area: "identity",
  severity: "high",
  frameworks: IDENTITY,
  why: "A key works for everybody who has it, for everything, and nobody sees who used it.",
  fix: "Set properties.disableLocalAuth to true, and assign roles.",
  scope: "resource",
  types: [AI_ACCOUNT],
  check(account, { report }) {
    if (account.flag("properties.disableLocalAuth") !== true) {
      report("properties.disableLocalAuth is not true");
    }
  },
};
