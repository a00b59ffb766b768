import * as postgres from "@pulumi/azure-native/dbforpostgresql";
import * as pulumi from "@pulumi/pulumi";
import type { PostgresConfig } from "../../stacks/config/azure/database";
import { after } from "../internal/after";
import { DatabaseServer, type DatabaseServerFacts } from "./databaseServer";

const TOKEN = "cutover:azure:Database";

/** Port of PostgreSQL, and of the PgBouncer in front of it. */
export const DATABASE_PORT = 5432;
export const POOL_PORT = 6432;

/** Who administers the server: an object of Entra, and what it is called in PostgreSQL. */
export interface DatabaseAdministrator {
  objectId: pulumi.Input<string>;
  name: pulumi.Input<string>;
  kind: "Group" | "ServicePrincipal" | "User";
}

export interface DatabaseArgs extends DatabaseServerFacts {
  /** Key of the backups' copies in the paired region, if there are any. */
  geo?: { keyUri: pulumi.Input<string>; identityId: pulumi.Input<string> };
  /** By a name that tells them apart. */
  administrators: Readonly<Record<string, DatabaseAdministrator>>;
}

/**
 * PostgreSQL for both colors: the server with its standby, its settings, its administrators, the database, and read
 * replicas. Workloads sign in as roles of their own, which migrations make; there is no password to keep.
 *
 * @stateful
 */
export class Database extends pulumi.ComponentResource {
  public readonly primary: DatabaseServer;
  /** Replicas by name. */
  public readonly replicas: Record<string, DatabaseServer>;
  /** Name of the database, known once the server is set up. */
  public readonly databaseName: pulumi.Output<string>;

  constructor(name: string, args: DatabaseArgs, opts?: pulumi.ComponentResourceOptions) {
    super(TOKEN, name, {}, opts);
    const { resourceGroupName, config } = args;

    this.primary = new DatabaseServer(
      `${name}-primary`,
      { ...args, serverName: config.serverName, role: { kind: "primary", geo: args.geo } },
      { parent: this },
    );
    const serverName = this.primary.serverName;
    // One after the other: the server is busy while it takes a setting, and refuses the next one.
    const last: pulumi.Resource[] = [];
    const inOrder = <T extends pulumi.Resource>(make: (dependsOn: pulumi.Resource[]) => T): T => {
      const made = make([...last]);
      last.splice(0, 1, made);
      return made;
    };
    for (const [setting, value] of Object.entries(settings(config))) {
      inOrder(
        (dependsOn) =>
          new postgres.Configuration(
            `${name}-${setting.replaceAll(/[._]/g, "-")}`,
            { resourceGroupName, serverName, configurationName: setting, value, source: "user-override" },
            { parent: this, dependsOn },
          ),
      );
    }
    for (const [key, { objectId, name: principalName, kind }] of Object.entries(args.administrators)) {
      inOrder(
        (dependsOn) =>
          new postgres.AdministratorsMicrosoftEntra(
            `${name}-administrator-${key}`,
            { resourceGroupName, serverName, objectId, principalName, principalType: kind, tenantId: args.tenantId },
            { parent: this, dependsOn },
          ),
      );
    }
    const database = inOrder(
      (dependsOn) =>
        new postgres.Database(
          `${name}-database`,
          { resourceGroupName, serverName, databaseName: config.name, charset: "UTF8", collation: "en_US.utf8" },
          { parent: this, dependsOn, protect: true, retainOnDelete: true },
        ),
    );
    this.replicas = Object.fromEntries(
      Object.entries(config.replicas).map(([key, { zone }]) => [
        key,
        new DatabaseServer(
          `${name}-replica-${key}`,
          {
            ...args,
            serverName: `${config.serverName}-${key}`,
            role: { kind: "replica", sourceId: after(this.primary.serverId, database.id), zone },
          },
          { parent: this },
        ),
      ]),
    );

    this.databaseName = database.name;
    this.registerOutputs({ databaseName: this.databaseName, address: this.primary.address });
  }
}

/** Settings of the server that differ from Azure's, or must not drift from them. */
function settings({ pooling }: PostgresConfig): Record<string, string> {
  return {
    require_secure_transport: "on",
    ssl_min_protocol_version: "TLSv1.2",
    // Who signed in, and who changed roles or the schema: the records of an audit.
    "azure.extensions": "PGAUDIT,PG_STAT_STATEMENTS",
    shared_preload_libraries: "pgaudit,pg_stat_statements",
    "pgaudit.log": "role,ddl",
    log_connections: "on",
    log_disconnections: "on",
    "metrics.collector_database_activity": "on",
    "pgbouncer.enabled": "true",
    "pgbouncer.pool_mode": pooling.mode,
    "pgbouncer.default_pool_size": String(pooling.poolSize),
    "pgbouncer.max_client_conn": String(pooling.maxClients),
  };
}
