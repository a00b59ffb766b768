import { DATABASE_PORT, POOL_PORT } from "../../../components/azure/database";
import { after } from "../../../components/internal/after";
import { poolCapacity } from "../../config/azure/cluster";
import type { IdentitiesConfig } from "../../config/azure/identities";
import type { PlatformConfig } from "../../config/schema";
import type { AzurePlatform, AzurePlatformRegion } from "../../contract/platform/azure";
import { Providers } from "../../providers";
import { deployData, type DataBase } from "./data";
import { deployEntry, type EntryBase } from "./entry";
import { deployRegion, type PlatformContext, type RegionBase } from "./region";

/**
 * The platform layer on Azure: everything that both colors stand on, and that changes in weeks. First the ground of the
 * region, then what holds data, then the way in.
 *
 * @param providers - The providers of this run, which other layers of the same stack have too.
 */
export function platform(config: PlatformConfig<"azure">, providers = new Providers()): AzurePlatform {
  const { deployment } = config;
  // The one region: the config's checks refuse more.
  const [region, facts] = Object.entries(config.regions)[0]!;
  const context: PlatformContext = {
    config,
    region,
    jurisdiction: facts.jurisdiction,
    azure: providers.azure(deployment.subscriptionId),
    providers,
    globalTags: {
      deployment: deployment.name,
      environment: deployment.environment,
      owner: deployment.owner,
      "managed-by": "pulumi",
    },
  };
  const base = deployRegion(context);
  const data = deployData(context, base);
  const entry = deployEntry(context, base);

  return {
    facts: {
      name: deployment.name,
      environment: deployment.environment,
      owner: deployment.owner,
      cloud: "azure",
      subscriptionId: deployment.subscriptionId,
      tenantId: deployment.tenantId,
      primaryRegion: region,
      hosts: deployment.hosts,
      edgeHealthPath: config.edge.healthPath,
    },
    edge: {
      endpointHost: entry.frontDoor.endpointHost,
      frontDoorId: entry.frontDoor.frontDoorId,
      nameServers: entry.zone.nameServers,
    },
    jurisdictions: {
      [facts.jurisdiction]: {
        facts: { regions: [region], primaryRegion: region },
        database: {
          serverId: data.database.primary.serverId,
          endpoint: data.database.primary.address,
          port: DATABASE_PORT,
          poolPort: POOL_PORT,
          name: data.database.databaseName,
          replicas: mapValues(data.database.replicas, ({ address }) => address),
        },
      },
    },
    regions: { [region]: regionOutputs(context, base, data, entry) },
  };
}

function regionOutputs(
  { config, region }: PlatformContext,
  { network, cluster, vault, logs }: RegionBase,
  data: DataBase,
  entry: EntryBase,
): AzurePlatformRegion {
  const { jurisdiction, role, share, zones, cidr } = config.regions[region]!;
  return {
    facts: {
      jurisdiction,
      role,
      share,
      zones,
      nodes: poolCapacity(config.cluster),
      identities: mapValues(config.identities, mayDo),
    },
    network: {
      vnetId: network.vnetId,
      cidr,
      nodeCidr: network.plan.nodes,
      endpointCidr: network.plan.endpoints,
      databaseCidr: network.plan.database,
      natAddresses: network.natAddresses,
    },
    cluster: {
      name: cluster.clusterName,
      id: cluster.clusterId,
      endpoint: cluster.endpoint,
      certificateAuthority: entry.certificateAuthority,
      oidcIssuer: cluster.oidcIssuer,
    },
    gateway: {
      className: entry.gateway.className,
      name: entry.gateway.gatewayName,
      namespace: entry.gateway.namespace,
      listener: "https",
      routesNamespace: entry.routesNamespace,
      privateLinkId: entry.privateLinkId,
    },
    cache: { endpoint: data.cache.endpoint, port: data.cache.port },
    storage: { blobEndpoint: data.records.blobEndpoint, records: "records", audit: "audit", backups: "backups" },
    vault: {
      // Who is told it makes objects of External Secrets, and waits for their definitions.
      uri: after(vault.uri, entry.controllers.externalSecretsStatus),
      secrets: Object.fromEntries(Object.keys(config.vault.secrets).map((name) => [name, name])),
    },
    ai: {
      endpoint: data.ai.primary.endpoint,
      fallbackEndpoint: data.ai.fallback.endpoint,
      deployments: Object.keys(config.ai.primary.deployments),
    },
    identities: mapValues(data.identities, ({ clientId, principalId, identityName }) => ({
      clientId,
      principalId,
      databaseRole: identityName,
    })),
    monitoring: { prometheusUrl: entry.controllers.prometheusUrl, workspaceId: logs.workspaceId },
  };
}

/** What an identity may do, in words that the next layers compare. */
function mayDo({ database, secrets, ...uses }: IdentitiesConfig[string]): string[] {
  return [
    ...(["ai", "cache", "records", "audit", "release"] as const).filter((use) => uses[use]),
    ...(database === "none" ? [] : ["database"]),
    ...secrets.map((secret) => `secret ${secret}`),
  ];
}

function mapValues<T, U>(record: Readonly<Record<string, T>>, map: (value: T) => U): Record<string, U> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, map(value)]));
}
