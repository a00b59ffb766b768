import { CustomResource } from "@pulumi/kubernetes/apiextensions";
import * as pulumi from "@pulumi/pulumi";
import type { AksConfig } from "../../stacks/config/azure/cluster";
import { Controller, named } from "../kubernetes/controller";
import { HostCertificate, type HostCertificateArgs } from "../kubernetes/hostCertificate";
import { fromControlPlane } from "./controlPlane";
import { GATEWAY_NAMESPACE, gatewayValues, proxySpec, TLS_PORT } from "./gatewayValues";

const TOKEN = "cutover:azure:Gateway";

/** Names of the class and of the gateway. */
export const GATEWAY_CLASS = "envoy";
export const GATEWAY_NAME = "entry";
/** Labels of namespaces whose routes the gateway lets in. */
export const ROUTES_LABELS = { "cutover/routes": "true" } as const;

export interface GatewayArgs {
  config: Pick<AksConfig, "version" | "controllers">;
  /** Namespaces whose pods requests are passed to: those of the colors, and of the maintenance page. */
  namespaces: readonly string[];
  /** Range and name of the subnet of the load balancer, whose addresses the private link service takes, too. */
  subnetCidr: string;
  subnetName: string;
  /** Name of the private link service that Front Door reaches the gateway by. */
  privateLinkName: string;
  certificate: Omit<HostCertificateArgs, "namespace" | "key">;
}

/**
 * The gateway that splits requests between the colors, by the weights of HTTPRoutes: Envoy Gateway, with Envoy in each
 * zone behind a load balancer that has a private address only, and a private link service through which Front Door, and
 * nobody else, reaches it.
 *
 * Why a gateway in the cluster: a weight of an HTTPRoute is there on every Envoy within seconds, exactly, 0 included.
 * Front Door's own weights start at 1 and take minutes. Azure's Application Gateway for Containers has public addresses
 * only, past which the firewall of Front Door could be gone around; the API version of the SDK knows no managed gateway.
 *
 * Routes of other namespaces are attached to the listener `https` of the gateway; it lets in those of namespaces that
 * carry the label `cutover/routes: "true"`.
 *
 * Failure: Front Door asks for access to the private link service once, when its origin is made; a person grants it
 * (`az network private-link-service connection update --connection-status Approved`). Until then it answers 503. And until
 * the registrar has delegated the zone nobody can see the proof of the certificate: an `up` waits 20 minutes for it and
 * fails; once the zone is delegated, the next one goes on from there.
 */
export class Gateway extends pulumi.ComponentResource {
  public readonly className: pulumi.Output<string>;
  public readonly gatewayName: pulumi.Output<string>;
  public readonly namespace: pulumi.Output<string>;
  /** The gateway, known once it is programmed: its load balancer and private link service are there. */
  public readonly gatewayId: pulumi.Output<string>;

  constructor(name: string, args: GatewayArgs, opts?: pulumi.ComponentResourceOptions) {
    super(TOKEN, name, {}, opts);
    const { gateway: config } = args.config.controllers;

    const controller = new Controller(
      `${name}-envoy`,
      {
        release: "envoy-gateway",
        namespace: GATEWAY_NAMESPACE,
        podSecurity: "restricted",
        kubernetesVersion: args.config.version,
        chart: config,
        values: gatewayValues(config),
        ingress: [
          // To the proxies all requests come from addresses of the private link service. Whether proxies are ready is asked by
          // their own nodes, which Cilium always lets in; and the load balancer asks the nodes, not the proxies.
          { from: [{ ipBlock: { cidr: args.subnetCidr } }], ports: [{ protocol: "TCP", port: TLS_PORT }] },
          // Webhook of the controller.
          fromControlPlane(9443),
          // The controller tells the proxies what to do.
          { from: [{ podSelector: {} }], ports: [18_000, 18_001, 18_002].map((port) => ({ protocol: "TCP", port })) },
        ],
        egress: [
          { to: [{ podSelector: {} }], ports: [18_000, 18_001, 18_002].map((port) => ({ protocol: "TCP", port })) },
          { to: args.namespaces.map((namespace) => ({ namespaceSelector: { matchLabels: named(namespace) } })) },
        ],
      },
      { parent: this },
    );
    const namespace = controller.namespace;
    const inCluster = { parent: this, dependsOn: [controller] };
    const proxy = new CustomResource(
      `${name}-proxy`,
      {
        apiVersion: "gateway.envoyproxy.io/v1alpha1",
        kind: "EnvoyProxy",
        metadata: { name: GATEWAY_NAME, namespace },
        spec: proxySpec(config, args),
      },
      inCluster,
    );
    const gatewayClass = new CustomResource(
      `${name}-class`,
      {
        apiVersion: "gateway.networking.k8s.io/v1",
        kind: "GatewayClass",
        metadata: { name: GATEWAY_CLASS },
        spec: {
          controllerName: "gateway.envoyproxy.io/gatewayclass-controller",
          parametersRef: {
            group: "gateway.envoyproxy.io",
            kind: "EnvoyProxy",
            name: proxy.metadata.name,
            namespace,
          },
        },
      },
      inCluster,
    );
    const certificate = new HostCertificate(
      `${name}-certificate`,
      // In TLS 1.2 all ciphers that Front Door knows are for RSA: https://learn.microsoft.com/azure/frontdoor/end-to-end-tls
      { ...args.certificate, namespace, key: "RSA" },
      { parent: this },
    );
    const gateway = new CustomResource(
      `${name}-gateway`,
      {
        apiVersion: "gateway.networking.k8s.io/v1",
        kind: "Gateway",
        metadata: {
          name: GATEWAY_NAME,
          namespace,
          // Programmed: it has its address, and with it the private link service.
          annotations: { "pulumi.com/waitFor": "condition=Programmed" },
        },
        spec: {
          gatewayClassName: gatewayClass.metadata.name,
          listeners: [
            {
              name: "https",
              protocol: "HTTPS",
              port: 443,
              tls: {
                mode: "Terminate",
                certificateRefs: [{ group: "", kind: "Secret", name: certificate.secretName }],
              },
              allowedRoutes: {
                namespaces: { from: "Selector", selector: { matchLabels: ROUTES_LABELS } },
              },
            },
          ],
        },
      },
      // Without the certificate's secret it never gets programmed.
      { ...inCluster, dependsOn: [controller, certificate], customTimeouts: { create: "20m" } },
    );

    this.className = gatewayClass.metadata.name;
    this.gatewayName = gateway.metadata.name;
    this.namespace = namespace;
    this.gatewayId = gateway.id;
    this.registerOutputs({
      className: this.className,
      gatewayName: this.gatewayName,
      namespace: this.namespace,
    });
  }
}
