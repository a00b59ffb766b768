import type { ResourceRule } from "../../rule";
import { EXPOSURE } from "../support/clauses";
import { CLUSTER } from "./internal/types";

export const aksNetworkPolicy: ResourceRule = {
  id: "azure-aks-network-policy",
  title: "A cluster enforces network policies",
  area: "exposure",
  severity: "high",
  frameworks: EXPOSURE,
  why: "Without an engine network policies are accepted, and do nothing.",
  fix: "Set networkProfile.networkPolicy to cilium, azure or calico.",
  scope: "resource",
  types: [CLUSTER],
  check(cluster, { report }) {
    if (!["azure", "calico", "cilium"].includes(cluster.text("networkProfile.networkPolicy") ?? "none")) {
      report("networkProfile.networkPolicy names no engine");
    }
  },
};
