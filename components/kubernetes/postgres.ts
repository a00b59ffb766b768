import { CustomResource } from "@pulumi/kubernetes/apiextensions";
import { ServiceAccount } from "@pulumi/kubernetes/core/v1";
import * as pulumi from "@pulumi/pulumi";
import { namespaceName, releaseNamespaceName } from "../internal/names";
import type { PostgresConfig } from "../../stacks/config/kubernetes/database";
import { certificate, DATABASE_ROLES } from "./certificates";
import { OPERATOR } from "./databaseOperator";
import { Namespace } from "./namespace";
import { POSTGRES_PORT } from "./networkPolicies";
import { BACKUP_PLUGIN, postgresSpec } from "./postgresSpec";
import { PostgresNetwork } from "./postgresNetwork";
import { vaultSource, type Vault } from "./vault";
import { VaultIssuer } from "./vaultIssuer";
import { WorkloadSecrets } from "./workloadSecrets";

const TOKEN = "cutover:kubernetes:Postgres";

/** Name of the database's cluster, as the document calls it: its primary is the Service `postgres-rw`. */
export const POSTGRES = "postgres";
/** Service account, secret and path in Vault of what backups are written with. */
export const BACKUP_SECRET = "database-backup";
const SERVER_HOURS = 90 * 24;
/**
 * Checksums as every store takes them: those that the newer client of S3 adds by itself are refused by many that are not AWS.
 *
 * @see https://cloudnative-pg.io/plugin-barman-cloud/docs/object_stores/
 */
const CHECKSUMS = ["AWS_REQUEST_CHECKSUM_CALCULATION", "AWS_RESPONSE_CHECKSUM_VALIDATION"].map((name) => ({
  name,
  value: "when_required",
}));
const POSTGRES_API = "postgresql.cnpg.io/v1";

export interface PostgresArgs {
  /** Name of the deployment. */
  deployment: string;
  namespace: string;
  storageClass: string;
  vault: Vault;
  /** Range and port of the Kubernetes API, which instances ask who is primary. */
  controlPlane: { cidr: string; port: number };
  config: PostgresConfig;
}

/**
 * The PostgreSQL of a jurisdiction, in its cluster: instances that replicate each other, backups and their log in an object
 * store, certificates from Vault. It needs the operator, cert-manager and External Secrets in the cluster.
 *
 * It is protected from deletion, and so is its namespace, with which it would go.
 */
export class Postgres extends pulumi.ComponentResource {
  /** Address of the primary inside the cluster. */
  public readonly host: pulumi.Output<string>;
  public readonly port = POSTGRES_PORT;
  public readonly namespace: pulumi.Output<string>;

  public constructor(name: string, args: PostgresArgs, opts?: pulumi.ComponentResourceOptions) {
    super(TOKEN, name, {}, opts);
    const { deployment, config, vault } = args;
    const labels = { "app.kubernetes.io/part-of": deployment, "app.kubernetes.io/managed-by": "pulumi" };
    this.namespace = new Namespace(
      `${name}-space`,
      { namespace: args.namespace, labels },
      { parent: this, protect: true, retainOnDelete: true },
    ).namespaceName;
    const { namespace } = this;
    const network = new PostgresNetwork(
      `${name}-network`,
      {
        namespace,
        labels,
        cluster: POSTGRES,
        clients: [
          namespaceName(deployment, "blue"),
          namespaceName(deployment, "green"),
          releaseNamespaceName(deployment),
        ],
        operator: OPERATOR,
        controlPlane: args.controlPlane,
      },
      { parent: this },
    );
    const certificates = this.certificates(name, args, labels);
    const objectStore = this.objectStore(name, config, vault, labels);
    const cluster = new CustomResource(
      `${name}-cluster`,
      {
        apiVersion: POSTGRES_API,
        kind: "Cluster",
        metadata: { name: POSTGRES, namespace, labels },
        spec: postgresSpec({
          config,
          storageClass: args.storageClass,
          objectStore: objectStore.metadata.name,
          certificates,
        }),
      },
      { parent: this, dependsOn: network, protect: true, retainOnDelete: true },
    );
    new CustomResource(
      `${name}-backups`,
      {
        apiVersion: POSTGRES_API,
        kind: "ScheduledBackup",
        // Named after the archive: a new archive has a base backup at once.
        metadata: { name: config.backups.archive, namespace, labels },
        spec: {
          schedule: config.backups.schedule,
          immediate: true,
          backupOwnerReference: "self",
          target: "prefer-standby",
          cluster: { name: cluster.metadata.name },
          method: "plugin",
          pluginConfiguration: { name: BACKUP_PLUGIN },
        },
      },
      { parent: this },
    );
    this.host = pulumi.interpolate`${cluster.metadata.name}-rw.${namespace}.svc.cluster.local`;
    this.registerOutputs({ host: this.host, port: this.port, namespace });
  }

  /** The server's certificate, and that of the replicas, which CloudNativePG reads again when they are renewed. */
  private certificates(name: string, { vault, namespace: fixed }: PostgresArgs, labels: Record<string, string>) {
    const { namespace } = this;
    const { issuerName: issuer } = new VaultIssuer(
      `${name}-authority`,
      { namespace, labels, vault, role: DATABASE_ROLES.server },
      { parent: this },
    );
    const common = { namespace, labels, issuer, hours: SERVER_HOURS, secretLabels: { "cnpg.io/reload": "" } };
    const names = ["rw", "r", "ro"].flatMap((service) =>
      ["", `.${fixed}`, `.${fixed}.svc`, `.${fixed}.svc.cluster.local`].map((end) => `${POSTGRES}-${service}${end}`),
    );
    const server = certificate(
      `${name}-server-certificate`,
      { ...common, name: `${POSTGRES}-server`, commonName: `${POSTGRES}-rw`, dnsNames: names, usage: "server auth" },
      { parent: this },
    );
    const replication = certificate(
      `${name}-replication-certificate`,
      { ...common, name: `${POSTGRES}-replication`, commonName: "streaming_replica", usage: "client auth" },
      { parent: this },
    );
    return { server: server.metadata.name, replication: replication.metadata.name };
  }

  /** @see https://cloudnative-pg.io/plugin-barman-cloud/docs/usage/ */
  private objectStore(name: string, config: PostgresConfig, vault: Vault, labels: Record<string, string>) {
    const { namespace } = this;
    const { destination, endpoint, keepDays, encryption } = config.backups;
    new ServiceAccount(
      `${name}-backup-account`,
      { metadata: { name: BACKUP_SECRET, namespace, labels }, automountServiceAccountToken: false },
      { parent: this },
    );
    const { secretName } = new WorkloadSecrets(
      `${name}-backup-keys`,
      { namespace, labels, workload: BACKUP_SECRET, source: backupKeys(vault, BACKUP_SECRET), refresh: "1h" },
      { parent: this },
    );
    const key = (property: string) => ({ name: secretName, key: property });
    const encrypted = encryption === "none" ? {} : { encryption };
    return new CustomResource(
      `${name}-store`,
      {
        apiVersion: "barmancloud.cnpg.io/v1",
        kind: "ObjectStore",
        metadata: { name: POSTGRES, namespace, labels },
        spec: {
          retentionPolicy: `${keepDays}d`,
          configuration: {
            destinationPath: destination,
            endpointURL: endpoint,
            s3Credentials: { accessKeyId: key("access-key-id"), secretAccessKey: key("secret-access-key") },
            wal: { compression: "gzip", maxParallel: 4, ...encrypted },
            data: { compression: "gzip", ...encrypted },
          },
          instanceSidecarConfiguration: { env: CHECKSUMS },
        },
      },
      { parent: this },
    );
  }
}

/** The keys of the object store of backups, for a service account. */
export function backupKeys(vault: Vault, serviceAccount: string) {
  return vaultSource(vault, serviceAccount, BACKUP_SECRET, {
    "access-key-id": { path: BACKUP_SECRET, property: "access-key-id" },
    "secret-access-key": { path: BACKUP_SECRET, property: "secret-access-key" },
  });
}
