import type * as azure from "@pulumi/azure-native/provider";
import * as resources from "@pulumi/azure-native/resources";
import { ActionGroups } from "../../../components/azure/actionGroups";
import { Budget } from "../../../components/azure/budget";
import { Cluster } from "../../../components/azure/cluster";
import { Encryption } from "../../../components/azure/encryption";
import { ExpiryNotices } from "../../../components/azure/expiryNotices";
import { Logs } from "../../../components/azure/logs";
import { Network } from "../../../components/azure/network";
import type { Listeners, Place } from "../../../components/azure/place";
import { PrivateZones } from "../../../components/azure/privateZones";
import { Vault } from "../../../components/azure/vault";
import type { PlatformConfig } from "../../config/schema";
import type { Providers } from "../../providers";

/** What every part of the platform needs to know. */
export interface PlatformContext {
  config: PlatformConfig<"azure">;
  /** The Azure region. */
  region: string;
  /** Its legal area. */
  jurisdiction: string;
  azure: azure.Provider;
  providers: Providers;
  /** Tags of what is nowhere in particular: DNS, the edge, alerts. */
  globalTags: Record<string, string>;
}

/** What the region has before data stores, workloads and the edge are laid over it. */
export interface RegionBase {
  place: Place;
  listeners: Listeners;
  logs: Logs;
  network: Network;
  zones: PrivateZones<"vault" | "blob" | "ai" | "cache" | "database">;
  vault: Vault;
  encryption: Encryption;
  cluster: Cluster;
}

/** The ground of the region: resource group, who hears of alerts, logs, network, key vault, cluster. */
export function deployRegion(context: PlatformContext): RegionBase {
  const { config, region, azure: provider, globalTags } = context;
  const { deployment, observability } = config;
  const { subscriptionId, tenantId } = deployment;
  const opts = { providers: [provider] };
  const tags = { ...globalTags, residency: context.jurisdiction };

  const group = new resources.ResourceGroup(
    `group-${region}`,
    { resourceGroupName: `${deployment.name}-${deployment.environment}-${region}`, location: region, tags },
    // Deleting a group deletes everything in it, whatever protects its parts.
    { provider, protect: true, retainOnDelete: true },
  );
  const place: Place = { resourceGroupName: group.name, location: region, tags };
  const { listeners } = new ActionGroups(
    "alerts",
    { resourceGroupName: group.name, subscriptionId, tags: globalTags, config: observability },
    opts,
  );
  const logs = new Logs(`logs-${region}`, { ...place, retentionDays: observability.logRetentionDays }, opts);
  const watch = { workspaceId: logs.workspaceId, listeners };
  const network = new Network(
    `network-${region}`,
    { ...place, cidr: config.regions[region]!.cidr, config: config.network, podCidr: config.cluster.podCidr },
    opts,
  );
  const zones = new PrivateZones(
    `names-${region}`,
    {
      resourceGroupName: group.name,
      tags: globalTags,
      vnetId: network.vnetId,
      zones: {
        vault: "privatelink.vaultcore.azure.net",
        blob: "privatelink.blob.core.windows.net",
        ai: "privatelink.openai.azure.com",
        cache: "privatelink.redis.azure.net",
        database: `${config.database.serverName}.private.postgres.database.azure.com`,
      },
    },
    opts,
  );
  const vault = new Vault(
    `vault-${region}`,
    {
      ...place,
      ...watch,
      tenantId,
      vaultName: config.vault.name,
      network: { subnetId: network.subnetIds.endpoints, zoneId: zones.ids.vault },
    },
    opts,
  );
  new ExpiryNotices(`expiry-${region}`, { ...place, vaultId: vault.vaultId, listeners }, opts);
  const encryption = new Encryption(
    `data-key-${region}`,
    {
      ...place,
      subscriptionId,
      vaultName: vault.vaultName,
      description: `Data of ${deployment.name} in ${region}.`,
      rotationDays: config.vault.keyRotationDays,
    },
    opts,
  );
  const cluster = new Cluster(
    `cluster-${region}`,
    {
      ...place,
      ...watch,
      subscriptionId,
      tenantId,
      clusterName: deployment.name,
      zones: config.regions[region]!.zones,
      config: config.cluster,
      thresholds: observability.thresholds,
      subnetIds: network.subnetIds,
      encryption,
    },
    opts,
  );
  new Budget(
    "budget",
    {
      subscriptionId,
      // Nodes, disks and load balancers stand in AKS's own group.
      resourceGroupNames: [group.name, cluster.nodeResourceGroup],
      config: observability.budget,
    },
    opts,
  );
  return { place, listeners, logs, network, zones, vault, encryption, cluster };
}
