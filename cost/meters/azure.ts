import type { Resource } from "../../policies/graph";
import type { Node } from "../../policies/node";
import type { CostContext } from "../context";
import type { Meters, Use } from "../meter";

/** Prices for each hour are the same in every region of the table; they are those of East US. */
const fixed = (part: Use["part"], price: string) => (): Use[] => [{ part, price: `azure.${price}`, quantity: 1 }];

/** What a platform on Azure costs by being there: clusters, servers, caches, addresses, keys and alerts. */
export const azure: Meters = {
  "azure-native:containerservice:ManagedCluster": (cluster) => [
    { part: "compute", price: "azure.aks", quantity: 1 },
    ...cluster.list("agentPoolProfiles").map(nodes),
  ],
  "azure-native:containerservice:AgentPool": (pool) => [nodes(pool)],
  "azure-native:dbforpostgresql:Server": server,
  "azure-native:redisenterprise:RedisEnterprise": (cache) => [
    {
      part: "cache",
      price: `azure.redis.${cache.text("sku.name") ?? "unknown"}`,
      quantity: cache.text("highAvailability") === "Disabled" ? 1 : 2,
    },
  ],
  "azure-native:storage:StorageAccount": blobs,
  "azure-native:network:NatGateway": fixed("network", "nat"),
  "azure-native:network:PublicIPAddress": fixed("network", "address"),
  "azure-native:network:PrivateEndpoint": fixed("network", "privateEndpoint"),
  "azure-native:network:DdosProtectionPlan": fixed("security", "ddosPlan"),
  "azure-native:keyvault:Key": fixed("security", "key"),
  "azure-native:dns:Zone": fixed("edge", "zone"),
  "azure-native:privatedns:PrivateZone": fixed("network", "zone"),
  "azure-native:monitor:MetricAlert": fixed("observability", "alert"),
};

/** A pool at its fewest nodes; ephemeral disks are the machine's own. */
function nodes(pool: Node): Use {
  return {
    part: "compute",
    price: `azure.vm.${pool.text("vmSize") ?? "unknown"}`,
    quantity: pool.number("minCount") ?? pool.number("count") ?? 1,
  };
}

/** A standby in another zone is a second server with a second storage. */
function server(resource: Resource): Use[] {
  const copies = resource.text("highAvailability.mode") === "ZoneRedundant" ? 2 : 1;
  return [
    { part: "database", price: `azure.postgres.${resource.text("sku.name") ?? "unknown"}`, quantity: copies },
    {
      part: "database",
      price: "azure.postgres.storage",
      quantity: copies * (resource.number("storage.storageSizeGB") ?? 0),
    },
  ];
}

/** Education records of a region's students. */
function blobs(account: Resource, context: CostContext): Use[] {
  const students = context.students(context.region(account)) * context.portion(account);
  return [
    {
      part: "storage",
      price: `azure.blobs.${account.text("sku.name") ?? "unknown"}`,
      quantity: (students * context.inputs.storage.recordMiB) / 1024,
    },
  ];
}
