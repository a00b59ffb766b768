import * as postgres from "@pulumi/azure-native/dbforpostgresql";
import * as pulumi from "@pulumi/pulumi";
import type { PostgresConfig } from "../../stacks/config/azure/database";
import type { AzureObservabilityConfig } from "../../stacks/config/azure/observability";
import { dataTags } from "../aws/dataTags";
import { diagnostics } from "./diagnostics";
import { metricAlert, type MetricAlertArgs } from "./metricAlert";
import type { Place, Watch } from "./place";

const TOKEN = "cutover:azure:DatabaseServer";
const NAMESPACE = "Microsoft.DBforPostgreSQL/flexibleServers";

/** Days of the week as the service counts them. */
const DAYS = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];

/** What every server of a deployment is told. */
export interface DatabaseServerFacts extends Place, Watch {
  tenantId: string;
  config: PostgresConfig;
  thresholds: AzureObservabilityConfig["thresholds"];
  subnetId: pulumi.Input<string>;
  /** Private DNS zone of the servers' names. */
  zoneId: pulumi.Input<string>;
  /** Key that storage and backups are encrypted with, and the identity that uses it. */
  encryption: { keyUri: pulumi.Input<string>; identityId: pulumi.Input<string> };
}

export interface DatabaseServerArgs extends DatabaseServerFacts {
  serverName: string;
  role:
    | {
        kind: "primary";
        /** Key of the backups' copies in the paired region, if there are any. */
        geo?: { keyUri: pulumi.Input<string>; identityId: pulumi.Input<string> };
      }
    | { kind: "replica"; sourceId: pulumi.Input<string>; zone: string };
}

/**
 * One flexible server for PostgreSQL, with its logs and alerts. It has an address in a subnet of its own, and no other;
 * passwords are off: people and workloads sign in with identities of Entra. The primary has a standby in another zone,
 * which takes over within one or two minutes, without loss.
 *
 * Cost: Standard_D8ds_v5 about 0.81 dollars an hour in East US, twice that with a standby.
 *
 * @stateful
 */
export class DatabaseServer extends pulumi.ComponentResource {
  public readonly serverId: pulumi.Output<string>;
  public readonly serverName: pulumi.Output<string>;
  /** Host name; inside the network only. */
  public readonly address: pulumi.Output<string>;

  constructor(name: string, args: DatabaseServerArgs, opts?: pulumi.ComponentResourceOptions) {
    super(TOKEN, name, {}, opts);
    const { resourceGroupName, location, tags, config, role, encryption } = args;
    const geo = role.kind === "primary" ? role.geo : undefined;
    const identities = [encryption.identityId, ...(geo === undefined ? [] : [geo.identityId])];

    const server = new postgres.Server(
      `${name}-server`,
      {
        resourceGroupName,
        location,
        serverName: args.serverName,
        version: config.version,
        sku: { name: config.sku, tier: config.sku.startsWith("Standard_E") ? "MemoryOptimized" : "GeneralPurpose" },
        storage: { storageSizeGB: config.storageGiB, autoGrow: "Enabled" },
        network: {
          delegatedSubnetResourceId: args.subnetId,
          privateDnsZoneArmResourceId: args.zoneId,
          publicNetworkAccess: "Disabled",
        },
        authConfig: { activeDirectoryAuth: "Enabled", passwordAuth: "Disabled", tenantId: args.tenantId },
        identity: {
          type: "UserAssigned",
          userAssignedIdentities: pulumi.all(identities).apply((ids) => Object.fromEntries(ids.map((id) => [id, {}]))),
        },
        dataEncryption: {
          type: "AzureKeyVault",
          primaryKeyURI: encryption.keyUri,
          primaryUserAssignedIdentityId: encryption.identityId,
          ...(geo === undefined
            ? {}
            : { geoBackupKeyURI: geo.keyUri, geoBackupUserAssignedIdentityId: geo.identityId }),
        },
        maintenanceWindow: {
          customWindow: "Enabled",
          dayOfWeek: DAYS.indexOf(config.maintenance.day),
          startHour: config.maintenance.startHour,
          startMinute: 0,
        },
        ...(role.kind === "primary"
          ? {
              createMode: "Default",
              // A replica has no backups.
              backup: {
                backupRetentionDays: config.backups.days,
                geoRedundantBackup: geo === undefined ? "Disabled" : "Enabled",
              },
              availabilityZone: config.zone,
              highAvailability: { mode: "ZoneRedundant", standbyAvailabilityZone: config.standbyZone },
            }
          : {
              createMode: "Replica",
              availabilityZone: role.zone,
              sourceServerResourceId: role.sourceId,
              highAvailability: { mode: "Disabled" },
            }),
        // The retention is that of its backups: records in the database end by the application's own rules.
        tags: dataTags(tags, "education-record", config.backups.days),
      },
      {
        parent: this,
        protect: true,
        retainOnDelete: true,
        // A failover exchanges the zones, and the storage grows by itself.
        ignoreChanges: [
          "availabilityZone",
          "highAvailability.standbyAvailabilityZone",
          "storage.storageSizeGB",
          "createMode",
        ],
        customTimeouts: { create: "2h", update: "2h", delete: "1h" },
      },
    );
    diagnostics(`${name}-diagnostics`, { resourceUri: server.id, workspaceId: args.workspaceId }, { parent: this });
    for (const [key, alert] of Object.entries(alerts(args))) {
      metricAlert(
        `${name}-${key}`,
        {
          ...alert,
          resourceGroupName,
          tags,
          scope: server.id,
          namespace: NAMESPACE,
          minutes: 5,
          listeners: args.listeners,
        },
        { parent: this },
      );
    }

    this.serverId = server.id;
    this.serverName = server.name;
    this.address = server.fullyQualifiedDomainName;
    this.registerOutputs({ serverId: this.serverId, serverName: this.serverName, address: this.address });
  }
}

type Alert = Pick<MetricAlertArgs, "description" | "metric" | "statistic" | "when" | "threshold" | "to">;

function alerts({ serverName, thresholds, role }: DatabaseServerArgs): Record<string, Alert> {
  const above = (metric: string, what: string, threshold: number, unit: string): Alert => ({
    description: `${what} of ${serverName} is above ${threshold} ${unit}.`,
    metric,
    statistic: "Average",
    when: "above",
    threshold,
    to: "warning",
  });
  return {
    alive: {
      description: `The database ${serverName} does not answer.`,
      metric: "is_db_alive",
      statistic: "Maximum",
      when: "below",
      threshold: 1,
      to: "critical",
    },
    cpu: above("cpu_percent", "CPU", thresholds.cpuPercent, "%"),
    memory: above("memory_percent", "Memory", thresholds.memoryPercent, "%"),
    storage: above("storage_percent", "Storage", thresholds.diskPercent, "%"),
    ...(role.kind === "replica"
      ? {
          lag: above(
            "physical_replication_delay_in_seconds",
            "Replication delay",
            thresholds.replicaLagSeconds,
            "seconds",
          ),
        }
      : {}),
  };
}
