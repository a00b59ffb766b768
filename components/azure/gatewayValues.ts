import type { AksControllersConfig } from "../../stacks/config/azure/controllers";

/** Values of the chart of Envoy Gateway, and how its proxies stand. */

/** Namespace of Envoy Gateway and its proxies. */
export const GATEWAY_NAMESPACE = "gateway";
/** Port that Envoy listens on for 443: it has no right to ports below 1024, so Envoy Gateway adds 10000. */
export const TLS_PORT = 10_443;

/** Annotations that Azure's cloud provider reads. @see https://cloud-provider-azure.sigs.k8s.io/topics/pls-integration/ */
const ANNOTATION = "service.beta.kubernetes.io/azure-";

type GatewayConfig = AksControllersConfig["gateway"];

/** The controller, twice. */
export function gatewayValues(config: GatewayConfig): Record<string, unknown> {
  return {
    deployment: {
      replicas: config.replicas,
      envoyGateway: { resources: resources(config) },
      pod: { topologySpreadConstraints: spread({ "control-plane": "envoy-gateway" }) },
    },
    podDisruptionBudget: { minAvailable: 1 },
  };
}

/** The proxies: one in each zone, behind a load balancer with a private address and a private link service. */
export function proxySpec(
  config: GatewayConfig,
  args: { subnetName: string; privateLinkName: string },
): Record<string, unknown> {
  const labels = { "app.kubernetes.io/component": "proxy" };
  return {
    provider: {
      type: "Kubernetes",
      kubernetes: {
        envoyDeployment: {
          replicas: config.proxies,
          pod: { topologySpreadConstraints: spread(labels) },
          container: { resources: resources(config) },
        },
        envoyPDB: { maxUnavailable: 1 },
        envoyService: {
          type: "LoadBalancer",
          // A request stays on the node that it arrives at, and keeps its sender.
          externalTrafficPolicy: "Local",
          annotations: {
            [`${ANNOTATION}load-balancer-internal`]: "true",
            [`${ANNOTATION}load-balancer-internal-subnet`]: args.subnetName,
            [`${ANNOTATION}pls-create`]: "true",
            [`${ANNOTATION}pls-name`]: args.privateLinkName,
            [`${ANNOTATION}pls-ip-configuration-subnet`]: args.subnetName,
            // Eight addresses: each carries 64,000 connections of Front Door.
            [`${ANNOTATION}pls-ip-configuration-ip-address-count`]: "8",
            // Everybody who knows its id may ask; nobody is let in without a person's approval.
            [`${ANNOTATION}pls-visibility`]: "*",
          },
        },
      },
    },
    // Requests that are under way are answered before a proxy goes.
    shutdown: { drainTimeout: "60s", minDrainDuration: "10s" },
    telemetry: { metrics: { prometheus: {} } },
  };
}

function resources({ resources: { cpu, cpuLimit, memory } }: GatewayConfig) {
  return { requests: { cpu, memory }, limits: { cpu: cpuLimit, memory } };
}

function spread(matchLabels: Record<string, string>) {
  return [
    {
      maxSkew: 1,
      topologyKey: "topology.kubernetes.io/zone",
      whenUnsatisfiable: "ScheduleAnyway",
      labelSelector: { matchLabels },
    },
  ];
}
