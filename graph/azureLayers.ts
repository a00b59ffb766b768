import type { Resource } from "../policies/graph";
import { count, number, text } from "./figures";

/** Type of a cluster of AKS. */
export const AKS = "azure-native:containerservice:ManagedCluster";
/** Type of its pools of nodes but the first, which is a part of it. */
export const AKS_POOL = "azure-native:containerservice:AgentPool";

/** A cluster of AKS with its nodes, over all pools. */
export function aks(cluster: Resource, pools: readonly Resource[]): string[] {
  const limits = (bound: string) =>
    pools.reduce(
      (sum, pool) => sum + (number(pool, bound) ?? 0),
      number(cluster, `agentPoolProfiles[0].${bound}`) ?? 0,
    );
  return [
    `AKS ${text(cluster, "kubernetesVersion") ?? ""}`.trim(),
    `${limits("minCount")}–${limits("maxCount")} nodes in ${count(pools.length + 1, "pool")}`,
  ];
}

/** PostgreSQL flexible servers: the primary with its standby, and replicas. */
export function flexibleServers(servers: readonly Resource[]): (string | undefined)[] {
  const replicas = servers.filter((server) => text(server, "createMode") === "Replica").length;
  const standby = servers.some((server) => text(server, "highAvailability.mode") === "ZoneRedundant");
  const what = [
    servers.length > replicas ? "primary" : undefined,
    standby ? "standby" : undefined,
    count(replicas, "replica"),
  ].filter((part) => part !== undefined);
  return [
    what.length === 0 ? undefined : what.join(" + "),
    ...new Set(servers.map((server) => text(server, "sku.name")?.replace("Standard_", ""))),
  ];
}
