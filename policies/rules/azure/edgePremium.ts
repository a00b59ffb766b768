import type { ResourceRule } from "../../rule";
import { EXPOSURE } from "../support/clauses";
import { EDGE } from "./internal/types";

export const edgePremium: ResourceRule = {
  id: "azure-edge-premium",
  title: "Front Door is of the tier that has managed firewall rules",
  area: "exposure",
  severity: "high",
  frameworks: EXPOSURE,
  why: "The standard tier has no managed rules, and reaches origins only over the internet.",
  fix: "Set sku.name to Premium_AzureFrontDoor.",
  scope: "resource",
  types: [EDGE],
  check(profile, { report }) {
    if (profile.text("sku.name") !== "Premium_AzureFrontDoor") {
      report("sku.name is not Premium_AzureFrontDoor");
    }
  },
};
