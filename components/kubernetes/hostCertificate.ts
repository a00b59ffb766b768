import { CustomResource } from "@pulumi/kubernetes/apiextensions";
import * as pulumi from "@pulumi/pulumi";
import type { AcmeConfig } from "../../stacks/config/acme";
import { LISTENERS } from "../traffic/gatewayRouter";
import { certificate, ISSUER_API, type CertificateArgs } from "./certificates";

const TOKEN = "cutover:kubernetes:HostCertificate";

/** Kubernetes secret of the certificate. */
const SECRET = "host-certificate";
/** How long it is asked to be good. The authority may make it shorter, and cert-manager renews it in time either way. */
const HOURS = 90 * 24;

/** How the authority is shown that the host is the deployment's: a solver of cert-manager. */
export type Proof = { http01: object } | { dns01: pulumi.Input<object> };

export interface HostCertificateArgs {
  host: string;
  namespace: pulumi.Input<string>;
  labels: Readonly<Record<string, string>>;
  proof: Proof;
  config: AcmeConfig;
  /** Kind of its key. @default "ECDSA" */
  key?: CertificateArgs["key"];
}

/**
 * The certificate of a host, from a public authority (ACME).
 *
 * Proven on port 80 (HTTP-01) it is pending until the traffic layer has made the deployment's gateway. Proven by DNS (DNS-01) it
 * needs nothing that is made later, so an `up` waits for it: one that does not get it says why. cert-manager signs in to the
 * DNS as itself, which only issuers of the whole cluster may use; this one proves the host, and no other name.
 *
 * @see https://cert-manager.io/docs/configuration/acme/
 */
export class HostCertificate extends pulumi.ComponentResource {
  /** Kubernetes secret of the certificate; its name is known before it is there. */
  public readonly secretName = SECRET;

  public constructor(name: string, args: HostCertificateArgs, opts?: pulumi.ComponentResourceOptions) {
    super(TOKEN, name, {}, opts);
    const { host, namespace, labels, proof } = args;
    const { server, email } = args.config;
    const byDns = "dns01" in proof;
    const kind = byDns ? "ClusterIssuer" : "Issuer";
    const issuer = new CustomResource(
      `${name}-issuer`,
      {
        apiVersion: ISSUER_API,
        kind,
        metadata: { name: "acme", ...(byDns ? {} : { namespace }), labels },
        spec: {
          acme: {
            server,
            email,
            privateKeySecretRef: { name: "acme-account" },
            solvers: [byDns ? { selector: { dnsNames: [host] }, ...proof } : proof],
          },
        },
      },
      { parent: this },
    );
    certificate(
      `${name}-certificate`,
      {
        name: SECRET,
        namespace,
        labels,
        issuer: issuer.metadata.name,
        issuerKind: kind,
        dnsNames: [host],
        usage: "server auth",
        hours: HOURS,
        ...(args.key === undefined ? {} : { key: args.key }),
        isAwaited: byDns,
      },
      // It takes minutes until Azure knows a new role and resolvers a new zone: cert-manager asks again until then.
      { parent: this, ...(byDns ? { customTimeouts: { create: "20m" } } : {}) },
    );
    this.registerOutputs({ secretName: this.secretName });
  }
}

/**
 * Shows the challenge on port 80.
 *
 * @param gateway - Name of the deployment's gateway in the certificate's namespace.
 * @param ingressClass - Class of an ingress controller that shows it instead.
 * @see https://cert-manager.io/docs/configuration/acme/http01/
 */
export function shownOnPort80(gateway: string, ingressClass: string | undefined): Proof {
  return {
    http01:
      ingressClass === undefined
        ? { gatewayHTTPRoute: { parentRefs: [{ kind: "Gateway", name: gateway, sectionName: LISTENERS.http }] } }
        : { ingress: { ingressClassName: ingressClass } },
  };
}
