import { CustomResource } from "@pulumi/kubernetes/apiextensions";
import { ServiceAccount } from "@pulumi/kubernetes/core/v1";
import { Role, RoleBinding } from "@pulumi/kubernetes/rbac/v1";
import * as pulumi from "@pulumi/pulumi";
import { CERTIFICATES, ISSUER_API } from "./certificates";
import { caBundle, type Vault } from "./vault";

const TOKEN = "cutover:kubernetes:VaultIssuer";

export interface VaultIssuerArgs {
  namespace: pulumi.Input<string>;
  labels: Readonly<Record<string, string>>;
  vault: Vault;
  /** Role of Vault's authority that says which certificates the namespace gets; also its role of authentication. */
  role: string;
}

/**
 * What signs the certificates of one namespace: Vault's authority, whose key never leaves it, on behalf of a service account that
 * does nothing else. So Vault decides by namespace who may be what to the database.
 *
 * @see https://cert-manager.io/docs/configuration/vault/#secretless-authentication-with-a-service-account
 */
export class VaultIssuer extends pulumi.ComponentResource {
  /** Name of the issuer, known once it is there. */
  public readonly issuerName: pulumi.Output<string>;

  public constructor(name: string, args: VaultIssuerArgs, opts?: pulumi.ComponentResourceOptions) {
    super(TOKEN, name, {}, opts);
    const { namespace, labels, vault, role } = args;
    const metadata = { name: role, namespace, labels };
    const account = new ServiceAccount(
      `${name}-account`,
      { metadata, automountServiceAccountToken: false },
      { parent: this },
    );
    // cert-manager asks for a token of this account, and may ask for no other.
    const tokens = new Role(
      `${name}-tokens`,
      {
        metadata,
        rules: [
          {
            apiGroups: [""],
            resources: ["serviceaccounts/token"],
            resourceNames: [role],
            verbs: ["create"],
          },
        ],
      },
      { parent: this },
    );
    const binding = new RoleBinding(
      `${name}-binding`,
      {
        metadata,
        subjects: [{ kind: "ServiceAccount", name: CERTIFICATES, namespace: CERTIFICATES }],
        roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: "Role", name: tokens.metadata.name },
      },
      { parent: this },
    );
    this.issuerName = new CustomResource(
      `${name}-issuer`,
      {
        apiVersion: ISSUER_API,
        kind: "Issuer",
        metadata,
        spec: {
          vault: {
            server: vault.address,
            path: pulumi.interpolate`${vault.pki}/sign/${role}`,
            ...caBundle(vault),
            auth: {
              kubernetes: {
                mountPath: pulumi.interpolate`/v1/auth/${vault.auth}`,
                role,
                serviceAccountRef: { name: account.metadata.name },
              },
            },
          },
        },
      },
      { parent: this, dependsOn: binding },
    ).metadata.name;
    this.registerOutputs({ issuerName: this.issuerName });
  }
}
