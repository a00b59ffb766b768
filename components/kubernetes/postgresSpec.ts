import type * as pulumi from "@pulumi/pulumi";
import { quantityValue } from "../internal/quantity";
import type { PostgresConfig } from "../../stacks/config/kubernetes/database";
import { seconds } from "../../stacks/config/fields";

/** What the archive that a database is restored from is called in its definition. */
const SOURCE = "archive";

/** The plug-in that backs up to object stores, as CloudNativePG knows it. */
export const BACKUP_PLUGIN = "barman-cloud.cloudnative-pg.io";

export interface PostgresSpecArgs {
  config: PostgresConfig;
  storageClass: string;
  /** Name of the ObjectStore. */
  objectStore: pulumi.Input<string>;
  /** Kubernetes secrets of the server's certificate, and of its replicas'. */
  certificates: { server: pulumi.Input<string>; replication: pulumi.Input<string> };
}

/**
 * A PostgreSQL of CloudNativePG: a primary and replicas in different zones, of which some have each transaction before it is
 * answered; TLS 1.3 only, and nobody connects without a certificate. Pure.
 *
 * @see https://cloudnative-pg.io/documentation/current/cloudnative-pg.v1/#clusterspec
 */
export function postgresSpec({ config, storageClass, objectStore, certificates }: PostgresSpecArgs) {
  const { resources, user, owner, restore } = config;
  const archived = (serverName: string) => ({ barmanObjectName: objectStore, serverName });
  const size = { cpu: resources.cpu, memory: resources.memory };
  return {
    instances: config.instances,
    imageName: config.image,
    inheritedMetadata: { annotations: { "prometheus.io/scrape": "true", "prometheus.io/port": "9187" } },
    enableSuperuserAccess: false,
    enablePDB: true,
    // A replica takes over before the primary is updated.
    primaryUpdateStrategy: "unsupervised",
    primaryUpdateMethod: "switchover",
    ...(restore === undefined
      ? { bootstrap: { initdb: { database: config.name, owner, dataChecksums: true } } }
      : {
          bootstrap: {
            recovery: {
              source: SOURCE,
              database: config.name,
              owner,
              ...(restore.until === undefined ? {} : { recoveryTarget: { targetTime: restore.until } }),
            },
          },
          externalClusters: [
            { name: SOURCE, plugin: { name: BACKUP_PLUGIN, enabled: true, parameters: archived(restore.from) } },
          ],
        }),
    managed: {
      roles: [
        { name: user, ensure: "present", login: true, inRoles: ["pg_read_all_data", "pg_write_all_data"] },
        // It makes the scratch database into which a backup is restored to prove it.
        { name: owner, ensure: "present", login: true, createdb: true },
      ],
    },
    certificates: {
      serverTLSSecret: certificates.server,
      serverCASecret: certificates.server,
      replicationTLSSecret: certificates.replication,
      clientCASecret: certificates.replication,
    },
    postgresql: {
      synchronous: { method: "any", number: config.synchronous, dataDurability: "required" },
      pg_hba: [
        `hostssl ${config.name} ${user} all cert`,
        `hostssl all ${owner} all cert`,
        // CloudNativePG would let everybody in who knows a password.
        "host all all all reject",
      ],
      parameters: {
        ssl_min_protocol_version: "TLSv1.3",
        shared_buffers: sharedBuffers(resources.memory),
        archive_timeout: `${seconds(config.backups.archiveTimeout)}s`,
        // Who connected, and who changed the schema: the audit trail of the database.
        log_connections: "on",
        log_disconnections: "on",
        log_statement: "ddl",
        ...config.parameters,
      },
    },
    plugins: [
      { name: BACKUP_PLUGIN, enabled: true, isWALArchiver: true, parameters: archived(config.backups.archive) },
    ],
    resources: { requests: size, limits: size },
    storage: { size: config.storage, storageClass, resizeInUseVolumes: true },
    walStorage: { size: config.walStorage, storageClass, resizeInUseVolumes: true },
    affinity: {
      enablePodAntiAffinity: true,
      // Zones where there are some: a cluster with one zone starts, too.
      podAntiAffinityType: "preferred",
      topologyKey: "topology.kubernetes.io/zone",
    },
  };
}

/** A quarter of the memory, as PostgreSQL's own documentation begins. */
function sharedBuffers(memory: string): string {
  return `${Math.floor(quantityValue(memory) / 4 / 1024 ** 2)}MB`;
}
