import * as pulumi from "@pulumi/pulumi";
import type { SecretSource } from "./workloadSecrets";

/** HashiCorp Vault, as what stands in a cluster reaches it. */
export interface Vault {
  address: pulumi.Input<string>;
  /** Certificate of the authority that signed Vault's own, PEM. @default - a well-known authority */
  ca?: pulumi.Input<string>;
  /** Where the Kubernetes authentication of the cluster is mounted. */
  auth: pulumi.Input<string>;
  /** Where the key-value engine (version 2) is mounted. */
  mount: pulumi.Input<string>;
  /** Path of the deployment's secrets there. */
  path: pulumi.Input<string>;
  /** Where the authority for certificates is mounted. */
  pki: pulumi.Input<string>;
}

/** The property of a secret that has one value. */
const VALUE = "value";

/** Path of a secret below the deployment's, and its property there. */
export interface VaultRef {
  path: string;
  /** @default "value" */
  property?: string;
}

/**
 * Where External Secrets reads secrets of one service account: with that account's own token, so that Vault decides what it
 * may read, and no other account of the namespace reads it.
 *
 * @param role - Vault's role, which names the namespace and the service account.
 * @param refs - By the name of the secret's file.
 * @see https://external-secrets.io/latest/provider/hashicorp-vault/
 */
export function vaultSource(
  vault: Vault,
  serviceAccount: string,
  role: string,
  refs: Readonly<Record<string, VaultRef>>,
): SecretSource {
  return {
    provider: {
      vault: {
        server: vault.address,
        path: vault.mount,
        version: "v2",
        ...caBundle(vault),
        auth: { kubernetes: { mountPath: vault.auth, role, serviceAccountRef: { name: serviceAccount } } },
      },
    },
    refs: Object.fromEntries(
      Object.entries(refs).map(([file, { path, property = VALUE }]) => [
        file,
        { key: pulumi.interpolate`${vault.path}/${path}`, property },
      ]),
    ),
  };
}

/** The authority of Vault's certificate, in the form of both External Secrets and cert-manager. */
export function caBundle({ ca }: Pick<Vault, "ca">): { caBundle?: pulumi.Output<string> } {
  return ca === undefined
    ? {}
    : { caBundle: pulumi.output(ca).apply((pem) => Buffer.from(pem, "utf8").toString("base64")) };
}
