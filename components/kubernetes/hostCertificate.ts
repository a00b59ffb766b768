import { CustomResource } from "@pulumi/kubernetes/apiextensions";
import * as pulumi from "@pulumi/pulumi";
import type { KubernetesEntryConfig } from "../../stacks/config/kubernetes/entry";
import { LISTENERS } from "../traffic/gatewayRouter";
import { certificate, ISSUER_API } from "./certificates";

const TOKEN = "cutover:kubernetes:HostCertificate";

/** Kubernetes secret of the certificate. */
const SECRET = "host-certificate";
/** How long it is asked to be good. The authority may make it shorter, and cert-manager renews it in time either way. */
const HOURS = 90 * 24;

export interface HostCertificateArgs {
  host: string;
  namespace: pulumi.Input<string>;
  labels: Readonly<Record<string, string>>;
  /** Name of the deployment's gateway in the namespace, which shows the challenge. */
  gateway: string;
  config: NonNullable<KubernetesEntryConfig["certificate"]>;
}

/**
 * The certificate of the host that users see, from a public authority. The authority's challenge is shown on port 80 by the
 * deployment's gateway, which the traffic layer makes, or by an ingress controller: until then the certificate is pending.
 *
 * @see https://cert-manager.io/docs/configuration/acme/http01/
 */
export class HostCertificate extends pulumi.ComponentResource {
  /** Kubernetes secret of the certificate; its name is known before it is there. */
  public readonly secretName = SECRET;

  public constructor(name: string, args: HostCertificateArgs, opts?: pulumi.ComponentResourceOptions) {
    super(TOKEN, name, {}, opts);
    const { namespace, labels } = args;
    const { server, email, ingressClass } = args.config;
    const issuer = new CustomResource(
      `${name}-issuer`,
      {
        apiVersion: ISSUER_API,
        kind: "Issuer",
        metadata: { name: "acme", namespace, labels },
        spec: {
          acme: {
            server,
            email,
            privateKeySecretRef: { name: "acme-account" },
            solvers: [
              {
                http01:
                  ingressClass === undefined
                    ? {
                        gatewayHTTPRoute: {
                          parentRefs: [{ kind: "Gateway", name: args.gateway, sectionName: LISTENERS.http }],
                        },
                      }
                    : { ingress: { ingressClassName: ingressClass } },
              },
            ],
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
        dnsNames: [args.host],
        usage: "server auth",
        hours: HOURS,
      },
      { parent: this },
    );
    this.registerOutputs({ secretName: this.secretName });
  }
}
