import { iso27001, soc2 } from "../../frameworks";
import type { ResourceRule } from "../../rule";
import { CLUSTER, DATABASE, DATABASE_CLUSTER } from "../support/types";

export const extendedSupportOff: ResourceRule = {
  id: "extended-support-off",
  title: "Nothing slides into extended support",
  area: "versions",
  severity: "high",
  frameworks: [soc2("CC7.1"), soc2("CC9.1"), iso27001("A.8.8")],
  why: "Extended support starts by itself, costs several times the price, and postpones the upgrade until nobody remembers how.",
  fix: "Set upgradePolicy.supportType to STANDARD (EKS), engineLifecycleSupport to open-source-rds-extended-support-disabled (RDS).",
  scope: "resource",
  types: [CLUSTER, DATABASE, DATABASE_CLUSTER],
  // A replica has its source's, with its engine; it keeps both when it is promoted, and neither can be set again.
  applies: (resource) => resource.type !== DATABASE || resource.has("engine"),
  check(resource, { report }) {
    if (resource.type === CLUSTER) {
      if (resource.text("upgradePolicy.supportType") !== "STANDARD") {
        report("upgradePolicy.supportType is not STANDARD");
      }
    } else if (resource.text("engineLifecycleSupport") !== "open-source-rds-extended-support-disabled") {
      report("engineLifecycleSupport is not open-source-rds-extended-support-disabled");
    }
  },
};
