import { CustomResource } from "@pulumi/kubernetes/apiextensions";
import type * as pulumi from "@pulumi/pulumi";
import type { MakeCredentials } from "./credentials";

/** Name of cert-manager's release, of its namespace and of its service account. */
export const CERTIFICATES = "cert-manager";
/** API of cert-manager's objects. */
export const ISSUER_API = "cert-manager.io/v1";

/** Roles of Vault's authority, and so names of the issuers that ask it. */
export const DATABASE_ROLES = {
  /** The database's own certificates. */
  server: "database-server",
  /** Services that read and write rows. */
  client: "database-client",
  /** Changes of the schema. */
  owner: "database-owner",
} as const;

export interface CertificateArgs {
  name: string;
  namespace: pulumi.Input<string>;
  labels: Readonly<Record<string, string>>;
  /** Name of the issuer. */
  issuer: pulumi.Input<string>;
  /** Whether it is the namespace's or the whole cluster's. @default "Issuer" */
  issuerKind?: "Issuer" | "ClusterIssuer";
  commonName?: pulumi.Input<string>;
  dnsNames?: pulumi.Input<string>[];
  usage: "server auth" | "client auth";
  /** How long it is good; it is renewed when two thirds have passed. */
  hours: number;
  /** Kind of its key. @default "ECDSA" */
  key?: keyof typeof KEYS;
  /** Labels of the secret that it is kept in. @default - none */
  secretLabels?: Readonly<Record<string, string>>;
  /** Whether whoever depends on it waits until it is there. @default false */
  isAwaited?: boolean;
}

/** Kinds of keys, and their sizes in bits. */
const KEYS = { ECDSA: 256, RSA: 2_048 } as const;

/**
 * A certificate that cert-manager keeps in a Kubernetes secret of its own name, and renews with a new key.
 *
 * @see https://cert-manager.io/docs/reference/api-docs/#cert-manager.io/v1.CertificateSpec
 */
export function certificate(name: string, args: CertificateArgs, opts: pulumi.CustomResourceOptions): CustomResource {
  const { commonName, dnsNames, hours, secretLabels, key = "ECDSA" } = args;
  const annotations = args.isAwaited === true ? { "pulumi.com/waitFor": "condition=Ready" } : undefined;
  return new CustomResource(
    name,
    {
      apiVersion: ISSUER_API,
      kind: "Certificate",
      metadata: {
        name: args.name,
        namespace: args.namespace,
        labels: args.labels,
        ...(annotations === undefined ? {} : { annotations }),
      },
      spec: {
        secretName: args.name,
        ...(commonName === undefined ? {} : { commonName }),
        ...(dnsNames === undefined ? {} : { dnsNames }),
        usages: ["digital signature", "key encipherment", args.usage],
        duration: `${hours}h0m0s`,
        renewBefore: `${Math.floor(hours / 3)}h0m0s`,
        privateKey: { algorithm: key, size: KEYS[key], rotationPolicy: "Always" },
        ...(secretLabels === undefined ? {} : { secretTemplate: { labels: secretLabels } }),
        issuerRef: { group: "cert-manager.io", kind: args.issuerKind ?? "Issuer", name: args.issuer },
      },
    },
    opts,
  );
}

/** How long a client's certificate is good, in hours: a stolen one ends by itself. */
const CLIENT_HOURS = 72;

/**
 * The credentials of a service account that connects to the database: a certificate in the database role's name. It waits for no
 * issuer: cert-manager tries again until the namespace has one.
 *
 * @param issuer - Name of the namespace's issuer.
 * @param databaseRole - Role of PostgreSQL.
 */
export function certificateCredentials(
  account: string,
  issuer: string,
  databaseRole: pulumi.Input<string>,
  labels: Readonly<Record<string, string>>,
): MakeCredentials {
  return (name, parent, namespace) => {
    const made = certificate(
      `${name}-certificate`,
      {
        name: `${account}-database`,
        namespace,
        labels,
        issuer,
        commonName: databaseRole,
        usage: "client auth",
        hours: CLIENT_HOURS,
      },
      { parent },
    );
    return { certificate: made.metadata.name };
  };
}
