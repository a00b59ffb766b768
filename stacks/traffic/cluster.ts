import type * as kubernetes from "@pulumi/kubernetes/provider";
import type * as pulumi from "@pulumi/pulumi";
import { COLOR_HEADER } from "../../components/internal/headers";
import { MaintenancePage } from "../../components/kubernetes/maintenancePage";
import type { ClusterRoute, ClusterRouterArgs } from "../../components/traffic/clusterRouter";
import { GatewayRouter, type GatewayRouterArgs } from "../../components/traffic/gatewayRouter";
import { ServiceSwitch } from "../../components/traffic/serviceSwitch";
import { weightsFor } from "../../components/traffic/split";
import { unknownRegions } from "../config/checks";
import { COLORS } from "../config/fields";
import type { TrafficConfig } from "../config/schema";
import type { Application } from "../contract/application";
import type { PlatformFacts } from "../contract/platform";
import type { TrafficWired } from "../contract/traffic";
import { refuseIssues } from "../refuse";

type Config = TrafficConfig<"azure" | "kubernetes">;

/** Port of every workload's Service. */
const SERVICE_PORT = 80;

/** What a cloud has for the router of one region's cluster. */
export interface RouterPlace {
  provider: kubernetes.Provider;
  /** Context of kubeconfig that reaches the cluster, for the day without Pulumi. */
  context: pulumi.Input<string>;
  /** Namespace of the routes, which is there. */
  namespace: pulumi.Input<string>;
  /** The gateway that routes are attached to. */
  gateway(): GatewayRouterArgs["gateway"];
}

/**
 * The traffic layer where routers stand inside the clusters: one router for each, of the kind that config names.
 *
 * It needs no other region, so a rollback works while one of them is dead.
 *
 * @param testerToken - Whether an edge before the clusters lets only testers choose a color.
 * @throws pulumi.RunError when the split names a region that the platform does not have.
 */
export function clusterTraffic(
  config: Config,
  platform: PlatformFacts & { facts: { hosts: { app: string } } },
  application: Application,
  places: Readonly<Record<string, RouterPlace>>,
  testerToken: boolean,
): TrafficWired {
  refuseIssues(unknownRegions(config.traffic, Object.keys(platform.regions)));
  const regions = Object.entries(places).map(([region, place]) => {
    const green = config.traffic.regions[region] ?? config.traffic.green;
    const args: ClusterRouterArgs = {
      greenPercent: green,
      deployment: platform.facts.name,
      region,
      context: place.context,
      namespace: place.namespace,
      routes: routesOf(application),
    };
    const ids =
      config.routers.kind === "http-route"
        ? gatewayRouter(config, args, place, platform.facts.hosts.app)
        : new ServiceSwitch(`router-${region}`, args, { providers: [place.provider] }).serviceIds;
    return [region, regionOutputs(config.routers.kind, ids, green, platform.facts.hosts.app)] as const;
  });
  return {
    facts: { active: config.active, maintenance: config.traffic.maintenance, testerToken },
    regions: Object.fromEntries(regions),
  };
}

function routesOf({ facts }: Application): Record<string, ClusterRoute> {
  return Object.fromEntries(
    Object.entries(facts.targets).map(([workload, { paths }]) => [workload, { paths, port: SERVICE_PORT }]),
  );
}

function gatewayRouter(config: Config, args: ClusterRouterArgs, place: RouterPlace, host: string) {
  const { maintenance } = config.routers;
  const opts = { providers: [place.provider] };
  const page =
    maintenance === undefined
      ? undefined
      : new MaintenancePage(
          `page-${args.region}`,
          { deployment: args.deployment, namespace: args.namespace, ...maintenance },
          opts,
        );
  return new GatewayRouter(
    `router-${args.region}`,
    {
      ...args,
      hostnames: [host],
      gateway: place.gateway(),
      ...(page === undefined
        ? {}
        : { maintenance: { on: config.traffic.maintenance, service: page.serviceName, port: page.port } }),
    },
    opts,
  ).routeIds;
}

function regionOutputs(
  kind: Config["routers"]["kind"],
  ids: Readonly<Record<string, pulumi.Output<string>>>,
  green: number,
  host: string,
): TrafficWired["regions"][string] {
  const { blue: kept, green: shifted } = weightsFor(kind, green);
  const percent = (weight: number) => (weight * 100) / (kept + shifted);
  return {
    weights: { blue: percent(kept), green: percent(shifted) },
    routers: Object.entries(ids).map(([route, id]) => ({ kind, id, route })),
    endpoints: Object.fromEntries(
      COLORS.map((color) => [color, { url: `https://${host}`, header: `${COLOR_HEADER}: ${color}` }]),
    ) as TrafficWired["regions"][string]["endpoints"],
  };
}
