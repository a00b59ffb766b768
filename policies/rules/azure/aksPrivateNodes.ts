import type { ResourceRule } from "../../rule";
import { EXPOSURE } from "../support/clauses";
import { at, nodePools } from "./internal/aks";
import { CLUSTER, NODE_POOL } from "./internal/types";

export const aksPrivateNodes: ResourceRule = {
  id: "azure-aks-private-nodes",
  title: "No node has a public address",
  area: "exposure",
  severity: "high",
  frameworks: EXPOSURE,
  why: "A node with a public address is reached past the edge and its firewall.",
  fix: "Take enableNodePublicIP away.",
  scope: "resource",
  types: [CLUSTER, NODE_POOL],
  check(resource, context) {
    context.each(nodePools(resource), (pool) => {
      if (pool.flag("enableNodePublicIP") === true) {
        context.report(`${at(pool, "enableNodePublicIP")} is true`);
      }
    });
  },
};
