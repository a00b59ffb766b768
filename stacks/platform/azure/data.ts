import { Cache } from "../../../components/azure/cache";
import { Database, type DatabaseAdministrator } from "../../../components/azure/database";
import { Encryption } from "../../../components/azure/encryption";
import { PrivateAi } from "../../../components/azure/privateAi";
import { Records } from "../../../components/azure/records";
import { Vault } from "../../../components/azure/vault";
import { WorkloadIdentity } from "../../../components/azure/workloadIdentity";
import { namespaceName, releaseNamespaceName } from "../../../components/internal/names";
import { DATABASE_PHASES, REVERT_PHASE } from "../../config/databaseChange";
import { COLORS } from "../../config/fields";
import type { PlatformContext, RegionBase } from "./region";

/** What holds data, and who may do what with it. */
export interface DataBase {
  database: Database;
  cache: Cache;
  records: Records;
  ai: Record<"primary" | "fallback", PrivateAi>;
  identities: Record<string, WorkloadIdentity>;
}

/** The data stores, the AI accounts, and the identities of workloads with their few rights. */
export function deployData(context: PlatformContext, base: RegionBase): DataBase {
  const { config, region, azure } = context;
  const { thresholds } = config.observability;
  const { place, network, zones, encryption } = base;
  const opts = { providers: [azure] };
  const watch = { workspaceId: base.logs.workspaceId, listeners: base.listeners };
  const endpoint = { subnetId: network.subnetIds.endpoints };

  const records = new Records(
    `records-${region}`,
    {
      ...place,
      ...endpoint,
      config: config.storage,
      workspaceId: base.logs.workspaceId,
      zoneId: zones.ids.blob,
      encryption: { vaultUri: base.vault.uri, keyName: encryption.keyName, identityId: encryption.identityId },
    },
    opts,
  );
  const ai = deployAi(context, base);
  const identities = deployIdentities(context, base, { records, ai });
  const using = (wanted: (uses: (typeof config.identities)[string]) => boolean) =>
    Object.entries(identities).filter(([name]) => wanted(config.identities[name]!));
  const cache = new Cache(
    `cache-${region}`,
    {
      ...place,
      ...watch,
      ...endpoint,
      config: config.cache,
      thresholds,
      zoneId: zones.ids.cache,
      encryption,
      users: Object.fromEntries(using((uses) => uses.cache).map(([name, { principalId }]) => [name, principalId])),
    },
    opts,
  );
  const database = new Database(
    `database-${region}`,
    {
      ...place,
      ...watch,
      tenantId: config.deployment.tenantId,
      config: config.database,
      thresholds,
      subnetId: network.subnetIds.database,
      zoneId: zones.ids.database,
      encryption,
      geo: geoKey(context, base),
      administrators: {
        ...config.database.administrators,
        ...Object.fromEntries(
          using((uses) => uses.database === "administrator").map(
            ([name, identity]): [string, DatabaseAdministrator] => [
              name,
              { objectId: identity.principalId, name: identity.identityName, kind: "ServicePrincipal" },
            ],
          ),
        ),
      },
    },
    opts,
  );
  return { database, cache, records, ai, identities };
}

/** Both accounts, one in a region of its own; private endpoints stand in the network's. */
function deployAi({ config, region, azure }: PlatformContext, base: RegionBase): DataBase["ai"] {
  const { ai, observability } = config;
  const account = (role: "primary" | "fallback") =>
    new PrivateAi(
      `ai-${role}`,
      {
        ...base.place,
        location: ai[role].location,
        workspaceId: base.logs.workspaceId,
        listeners: base.listeners,
        config: ai[role],
        thresholds: observability.thresholds,
        logRetentionDays: observability.logRetentionDays,
        network: { location: region, subnetId: base.network.subnetIds.endpoints, zoneId: base.zones.ids.ai },
      },
      { providers: [azure] },
    );
  return { primary: account("primary"), fallback: account("fallback") };
}

function deployIdentities(
  { config, azure }: PlatformContext,
  base: RegionBase,
  { records, ai }: Pick<DataBase, "records" | "ai">,
): DataBase["identities"] {
  const { deployment } = config;
  return Object.fromEntries(
    Object.entries(config.identities).map(([name, uses]) => {
      // A workload has an account in each color; what a release does once, one for each phase.
      const accounts = uses.release
        ? [...DATABASE_PHASES, REVERT_PHASE].map((phase) => ({
            key: phase,
            namespace: releaseNamespaceName(deployment.name),
            serviceAccount: phase,
          }))
        : COLORS.map((color) => ({
            key: color,
            namespace: namespaceName(deployment.name, color),
            serviceAccount: name,
          }));
      const identity = new WorkloadIdentity(
        `identity-${name}`,
        {
          ...base.place,
          subscriptionId: deployment.subscriptionId,
          identityName: `${deployment.name}-${name}`,
          config: uses,
          subjects: accounts.map((account) => ({ ...account, oidcIssuer: base.cluster.oidcIssuer })),
          grantable: {
            aiAccountIds: { primary: ai.primary.accountId, fallback: ai.fallback.accountId },
            recordsContainerId: records.containerIds.records,
            auditContainerId: records.containerIds.audit,
            backupsContainerId: records.containerIds.backups,
            vaultId: base.vault.vaultId,
          },
        },
        { providers: [azure] },
      );
      return [name, identity];
    }),
  );
}

/** The key of the backups' copies: it has to stand in the region that they are copied to. */
function geoKey({ config, azure }: PlatformContext, base: RegionBase): Encryption | undefined {
  const { geo } = config.database.backups;
  if (geo === undefined) {
    return undefined;
  }
  const { deployment } = config;
  const opts = { providers: [azure] };
  const place = { ...base.place, location: geo.location };
  const vault = new Vault(
    `vault-${geo.location}`,
    {
      ...place,
      tenantId: deployment.tenantId,
      vaultName: geo.vaultName,
      workspaceId: base.logs.workspaceId,
      listeners: base.listeners,
    },
    opts,
  );
  return new Encryption(
    `backup-key-${geo.location}`,
    {
      ...place,
      subscriptionId: deployment.subscriptionId,
      vaultName: vault.vaultName,
      description: `Copies of the backups of ${deployment.name}.`,
      rotationDays: config.vault.keyRotationDays,
    },
    opts,
  );
}
