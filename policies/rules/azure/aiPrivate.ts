import type { ResourceRule } from "../../rule";
import { EXPOSURE } from "../support/clauses";
import { checkClosed } from "./internal/access";
import { AI_ACCOUNT } from "./internal/types";

export const aiPrivate: ResourceRule = {
  id: "azure-ai-private",
  title: "AI services do not answer the whole internet",
  area: "exposure",
  severity: "critical",
  frameworks: EXPOSURE,
  why: "Prompts hold what pupils write: an open endpoint needs only a stolen token.",
  fix: "Set properties.publicNetworkAccess to Disabled, or properties.networkAcls.defaultAction to Deny and name who is let in.",
  scope: "resource",
  types: [AI_ACCOUNT],
  check(account, context) {
    checkClosed(account, context, "properties.", "properties.networkAcls");
  },
};
