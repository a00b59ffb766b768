import { CustomResource } from "@pulumi/kubernetes/apiextensions";
import * as pulumi from "@pulumi/pulumi";

const TOKEN = "cutover:kubernetes:WorkloadSecrets";
const API_VERSION = "external-secrets.io/v1";

/** Where the secrets of a workload are read. */
export interface SecretSource {
  /** Provider of the SecretStore, with the workload's own credentials: the form is that of External Secrets. */
  provider: Record<string, unknown>;
  /** What each secret is there, by the name of its file. */
  refs: Readonly<Record<string, SecretRef>>;
}

/** A secret in its store: its key, and the property of it where a key has several. */
export interface SecretRef {
  key: pulumi.Input<string>;
  property?: string;
}

export interface WorkloadSecretsArgs {
  namespace: pulumi.Input<string>;
  labels: Readonly<Record<string, string>>;
  /** Name of the workload: of the store, of the Kubernetes secret, and of the service account that reads. */
  workload: string;
  source: SecretSource;
  /** How often they are read again. */
  refresh: string;
}

/**
 * The secrets of one workload, brought from where they are kept into the cluster by External Secrets. They are read with the
 * workload's own service account, so it is the only one that needs to be allowed, and only for these secrets.
 * No value passes through the program or its state.
 */
export class WorkloadSecrets extends pulumi.ComponentResource {
  /** Name of the Kubernetes secret; known once its source is declared. */
  public readonly secretName: pulumi.Output<string>;

  public constructor(name: string, args: WorkloadSecretsArgs, opts?: pulumi.ComponentResourceOptions) {
    super(TOKEN, name, {}, opts);
    const metadata = { name: args.workload, namespace: args.namespace, labels: args.labels };
    const store = new CustomResource(
      `${name}-store`,
      {
        apiVersion: API_VERSION,
        kind: "SecretStore",
        metadata,
        spec: { provider: args.source.provider },
      },
      { parent: this },
    );
    const secret = new CustomResource(
      `${name}-secret`,
      {
        apiVersion: API_VERSION,
        kind: "ExternalSecret",
        metadata,
        spec: {
          refreshInterval: args.refresh,
          secretStoreRef: { kind: "SecretStore", name: store.metadata.name },
          target: { name: args.workload, creationPolicy: "Owner" },
          data: Object.entries(args.source.refs).map(([secretKey, remoteRef]) => ({ secretKey, remoteRef })),
        },
      },
      { parent: this },
    );
    this.secretName = secret.metadata.name;
    this.registerOutputs({ secretName: this.secretName });
  }
}
