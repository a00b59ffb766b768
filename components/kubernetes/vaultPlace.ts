import * as pulumi from "@pulumi/pulumi";
import type { DatabasePhase } from "../../stacks/config/databaseChange";
import { versionSlug } from "../internal/names";
import { certificateCredentials, DATABASE_ROLES } from "./certificates";
import type { Place } from "./color";
import { CERTIFICATE_DIRECTORY, type MakeCredentials } from "./credentials";
import type { ChangePlace } from "./databaseChange";
import type { Peer } from "./networkPolicies";
import { SECRETS_DIRECTORY } from "./pod";
import { backupKeys } from "./postgres";
import { vaultSource, type Vault } from "./vault";
import { VaultIssuer } from "./vaultIssuer";

/** A PostgreSQL in the cluster. */
export interface ClusterDatabase {
  namespace: pulumi.Input<string>;
  /** Name of the CloudNativePG cluster. */
  cluster: pulumi.Input<string>;
  host: pulumi.Input<string>;
  port: pulumi.Input<number>;
  name: pulumi.Input<string>;
  user: pulumi.Input<string>;
  owner: pulumi.Input<string>;
  backups: { destination: pulumi.Input<string>; endpoint: pulumi.Input<string> };
}

export interface VaultPlaceArgs extends Pick<Place, "region" | "jurisdiction" | "environment" | "appHost"> {
  /** Name of the deployment. */
  deployment: string;
  vault: Vault;
  database: ClusterDatabase;
  /** Namespace of the pods through which requests come in. */
  proxies: pulumi.Input<string>;
}

/** What workloads find in a cluster that no cloud is behind: a PostgreSQL in it, and Vault for secrets and certificates. */
export function vaultPlace(args: VaultPlaceArgs): Place {
  const { deployment, vault, database, proxies, region, jurisdiction, environment, appHost } = args;
  return {
    region,
    jurisdiction,
    environment,
    appHost,
    entry: [inNamespace(proxies)],
    database: storeOf(database),
    settings: (_workload, { database: connects }) => (connects ? connection(database, database.user) : {}),
    credentials: (workload, access) =>
      access.database
        ? certificateCredentials(workload, DATABASE_ROLES.client, database.user, { "app.kubernetes.io/name": workload })
        : NONE,
    secrets: (workload, names) =>
      vaultSource(
        vault,
        workload,
        `${deployment}-${workload}`,
        Object.fromEntries(names.map((name) => [name, { path: name }])),
      ),
    furnish: (name, parent, namespace, labels) =>
      new VaultIssuer(`${name}-authority`, { namespace, labels, vault, role: DATABASE_ROLES.client }, { parent }),
  };
}

/**
 * What the jobs of a database change find there: dumps, as the document makes them, in the store of the backups; a scratch database
 * beside the real one; certificates of the role that owns the schema.
 *
 * @param version - Of the release that brings the change.
 */
export function vaultChangePlace({ vault, database, region }: VaultPlaceArgs, version: string): ChangePlace {
  const slug = versionSlug(version);
  return {
    database: storeOf(database),
    env: {
      REGION: region,
      RELEASE: version,
      ...connection(database, database.owner),
      BACKUP_DUMP: pulumi.interpolate`${database.backups.destination}/releases/before-${slug}.dump`,
      BACKUP_ENDPOINT: database.backups.endpoint,
      BACKUP_KEYS: SECRETS_DIRECTORY,
      SCRATCH_DATABASE: `check_${slug.replaceAll("-", "_")}`,
    },
    credentials: (phase) =>
      certificateCredentials(phase, DATABASE_ROLES.owner, database.owner, { "app.kubernetes.io/name": "database" }),
    secrets: (phase) => (WITH_BACKUP.has(phase) ? backupKeys(vault, phase) : undefined),
    furnish: (name, parent, namespace, labels) =>
      new VaultIssuer(`${name}-authority`, { namespace, labels, vault, role: DATABASE_ROLES.owner }, { parent }),
  };
}

/** The phases that write the backup or read it, the last to go back to it: what else changes the schema has no business with it. */
const WITH_BACKUP: ReadonlySet<DatabasePhase> = new Set(["backup", "restore-check", "revert"]);

const NONE: MakeCredentials = () => ({});

/** The environment of who connects. */
function connection(database: ClusterDatabase, user: pulumi.Input<string>): Record<string, pulumi.Input<string>> {
  return {
    DATABASE_HOST: database.host,
    DATABASE_PORT: pulumi.output(database.port).apply(String),
    DATABASE_NAME: database.name,
    DATABASE_USER: user,
    DATABASE_SSLMODE: "verify-full",
    DATABASE_SSLROOTCERT: `${CERTIFICATE_DIRECTORY}/ca.crt`,
    DATABASE_SSLCERT: `${CERTIFICATE_DIRECTORY}/tls.crt`,
    DATABASE_SSLKEY: `${CERTIFICATE_DIRECTORY}/tls.key`,
  };
}

function storeOf({ namespace, cluster, port }: ClusterDatabase) {
  const at: Peer[] = [{ ...inNamespace(namespace), podSelector: { matchLabels: { "cnpg.io/cluster": cluster } } }];
  return { at, port };
}

function inNamespace(namespace: pulumi.Input<string>): Peer {
  return { namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": namespace } } };
}
