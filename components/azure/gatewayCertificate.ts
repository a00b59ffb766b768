import { CustomResource } from "@pulumi/kubernetes/apiextensions";
import * as core from "@pulumi/kubernetes/core/v1";
import * as pulumi from "@pulumi/pulumi";

const TOKEN = "cutover:azure:GatewayCertificate";
const API_VERSION = "external-secrets.io/v1";

/** Name of the service account, the store and the Kubernetes secret. */
export const CERTIFICATE_ACCOUNT = "gateway-certificate";
/** How often the vault is asked: a renewed certificate is there within the hour. */
const REFRESH = "1h";

export interface GatewayCertificateArgs {
  namespace: pulumi.Input<string>;
  vaultUri: pulumi.Input<string>;
  /** Name of the secret in the vault: certificate and key, as PKCS #12. */
  vaultSecretName: pulumi.Input<string>;
  /** Identity that reads it, and nothing else. */
  clientId: pulumi.Input<string>;
  tenantId: string;
}

/**
 * The gateway's certificate, brought from the key vault into the cluster by External Secrets, with an identity that
 * reads this one secret. Renewals arrive by themselves. No value passes through the program or its state.
 */
export class GatewayCertificate extends pulumi.ComponentResource {
  /** Name of the Kubernetes secret of type `kubernetes.io/tls`; known once its source is declared. */
  public readonly secretName: pulumi.Output<string>;

  constructor(name: string, args: GatewayCertificateArgs, opts?: pulumi.ComponentResourceOptions) {
    super(TOKEN, name, {}, opts);
    const { namespace } = args;

    const account = new core.ServiceAccount(
      `${name}-account`,
      {
        metadata: {
          name: CERTIFICATE_ACCOUNT,
          namespace,
          annotations: {
            "azure.workload.identity/client-id": args.clientId,
            "azure.workload.identity/tenant-id": args.tenantId,
          },
        },
        automountServiceAccountToken: false,
      },
      { parent: this },
    );
    const store = new CustomResource(
      `${name}-store`,
      {
        apiVersion: API_VERSION,
        kind: "SecretStore",
        metadata: { name: CERTIFICATE_ACCOUNT, namespace },
        spec: {
          provider: {
            azurekv: {
              authType: "WorkloadIdentity",
              vaultUrl: args.vaultUri,
              serviceAccountRef: { name: account.metadata.name },
            },
          },
        },
      },
      { parent: this },
    );
    const secret = new CustomResource(
      `${name}-secret`,
      {
        apiVersion: API_VERSION,
        kind: "ExternalSecret",
        metadata: { name: CERTIFICATE_ACCOUNT, namespace },
        spec: {
          refreshInterval: REFRESH,
          secretStoreRef: { kind: "SecretStore", name: store.metadata.name },
          target: {
            name: CERTIFICATE_ACCOUNT,
            creationPolicy: "Owner",
            template: {
              type: "kubernetes.io/tls",
              data: {
                "tls.crt": "{{ .bundle | b64dec | pkcs12cert }}",
                "tls.key": "{{ .bundle | b64dec | pkcs12key }}",
              },
            },
          },
          data: [{ secretKey: "bundle", remoteRef: { key: args.vaultSecretName } }],
        },
      },
      { parent: this },
    );

    this.secretName = secret.metadata.name;
    this.registerOutputs({ secretName: this.secretName });
  }
}
