import type { ResourceRule } from "../../rule";
import { CONTINUITY } from "../support/clauses";
import { at, nodePools } from "./internal/aks";
import { CLUSTER, NODE_POOL } from "./internal/types";

export const aksZones: ResourceRule = {
  id: "azure-aks-zones",
  title: "The nodes of a cluster stand in three zones",
  area: "availability",
  severity: "high",
  frameworks: CONTINUITY,
  why: "With two zones the loss of one takes half of the capacity; with one it takes everything.",
  fix: "Set availabilityZones of each node pool to three zones.",
  scope: "resource",
  types: [CLUSTER, NODE_POOL],
  check(resource, context) {
    context.each(nodePools(resource), (pool) => {
      const zones = new Set(pool.texts("availabilityZones"));
      if (zones.size < 3) {
        context.report(`${at(pool, "availabilityZones")} has ${zones.size}, not 3`);
      }
    });
  },
};
