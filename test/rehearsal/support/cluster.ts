import { Deployment } from "@pulumi/kubernetes/apps/v1";
import { Service } from "@pulumi/kubernetes/core/v1";
import { Provider } from "@pulumi/kubernetes/provider";
import * as pulumi from "@pulumi/pulumi";
import { namespaceName, productionNamespaceName, type Color } from "../../../components/internal/names";
import { MaintenancePage } from "../../../components/kubernetes/maintenancePage";
import { Namespace } from "../../../components/kubernetes/namespace";
import type { ClusterRoute, ClusterRouterArgs } from "../../../components/traffic/clusterRouter";
import { GatewayRouter } from "../../../components/traffic/gatewayRouter";
import { ServiceSwitch } from "../../../components/traffic/serviceSwitch";
import { clouds } from "../../../rehearsal/clouds";
import { project, Theater } from "./stage";

export const DEPLOYMENT = "pathfinity";
export const HOST = "app.pathfinity.example";
export const ROUTES: Record<string, ClusterRoute> = {
  api: { paths: ["/api/*", "/health"], port: 80 },
  web: { paths: [], port: 80 },
};

/** The identifier of the cluster of a region, as a provider is told: {@link regionOf} reads the region from it. */
export const clusterIn = (region: string) => `cutover:cluster::${region}:${DEPLOYMENT}`;

export interface ClusterSettings {
  regions?: readonly string[];
  kind?: "http-route" | "service-switch";
  /** Pods of each color. @default 4 */
  pods?: Record<Color, number>;
  /** Where a page stands ready, and whether it is on. @default - none */
  page?: boolean;
  /** A gateway of somebody else. @default - one of its own */
  given?: boolean;
}

/** A rehearsal of clusters with two colors and a router; config says how many requests green serves. */
export function clusterTheater(): Theater {
  return new Theater({ project: project(), clouds, facts: undefined });
}

/** A program that has clusters with two colors of two workloads each, and a router in front. */
export function clusterProgram(settings: ClusterSettings = {}): () => object {
  return () => {
    const traffic = new pulumi.Config().getObject<{ green?: number; regions?: Record<string, number> }>("traffic");
    for (const region of settings.regions ?? ["westeurope"]) {
      cluster(region, traffic?.regions?.[region] ?? traffic?.green ?? 0, settings);
    }
    return {};
  };
}

function cluster(region: string, greenPercent: number, settings: ClusterSettings): void {
  const provider = new Provider(`kubernetes-${region}`, { kubeconfig: "{}", clusterIdentifier: clusterIn(region) });
  const providers = { providers: [provider] };
  for (const color of ["blue", "green"] as const) {
    const name = namespaceName(DEPLOYMENT, color);
    const space = new Namespace(`${region}-${color}`, { namespace: name, labels: {} }, providers);
    for (const workload of Object.keys(ROUTES)) {
      serve(`${region}-${color}-${workload}`, space.namespaceName, workload, settings.pods?.[color] ?? 4, provider);
    }
  }
  const { namespaceName: namespace } = new Namespace(
    `${region}-production`,
    { namespace: productionNamespaceName(DEPLOYMENT), labels: {} },
    providers,
  );
  const args: ClusterRouterArgs = {
    greenPercent,
    deployment: DEPLOYMENT,
    region,
    context: `${DEPLOYMENT}-${region}`,
    namespace,
    routes: ROUTES,
  };
  if (settings.kind === "service-switch") {
    new ServiceSwitch(`router-${region}`, args, providers);
    return;
  }
  const page =
    settings.page === undefined
      ? undefined
      : new MaintenancePage(
          `page-${region}`,
          { deployment: DEPLOYMENT, namespace, image: "nginx", page: "Back soon.", healthPath: "/health" },
          providers,
        );
  new GatewayRouter(
    `router-${region}`,
    {
      ...args,
      hostnames: [HOST],
      gateway: settings.given
        ? { name: "shared", namespace: "gateways", listener: "https" }
        : { className: "some-class", certificateSecret: "certificate" },
      ...(page && { maintenance: { on: settings.page === true, service: page.serviceName, port: page.port } }),
    },
    providers,
  );
}

function serve(
  name: string,
  namespace: pulumi.Output<string>,
  workload: string,
  replicas: number,
  provider: Provider,
): void {
  const labels = { app: workload };
  const metadata = { name: workload, namespace, labels };
  const template = { metadata: { labels }, spec: { containers: [{ name: workload, image: "image" }] } };
  new Deployment(
    `${name}-deployment`,
    { metadata, spec: { replicas, selector: { matchLabels: labels }, template } },
    { provider },
  );
  new Service(
    `${name}-service`,
    { metadata, spec: { selector: labels, ports: [{ port: 80, targetPort: 8080 }] } },
    { provider },
  );
}
