import { COLOR_HEADER } from "../../components/internal/headers";
import { FUNCTION_TARGET } from "../../components/internal/names";
import { Router, type Route } from "../../components/traffic/router";
import { weightsFor } from "../../components/traffic/split";
import { unknownRegions } from "../config/checks";
import { COLORS } from "../config/fields";
import type { TrafficConfig } from "../config/schema";
import type { Application } from "../contract/application";
import type { AwsPlatform } from "../contract/platform/aws";
import type { TrafficWired } from "../contract/traffic";
import { Providers } from "../providers";
import { refuseIssues } from "../refuse";

/**
 * The traffic layer: the weighted routers of every region.
 *
 * It needs no cluster and no other region, so a rollback works while one of them is dead.
 *
 * @param providers - The providers of this run, which other layers of the same stack have too.
 * @throws pulumi.RunError when the split names a region that the platform does not have.
 */
export function traffic(
  config: TrafficConfig<"aws">,
  platform: AwsPlatform,
  application: Application,
  providers = new Providers(),
): TrafficWired {
  refuseIssues(unknownRegions(config.traffic, Object.keys(platform.regions)));
  const regions = Object.entries(platform.regions).map(([region, { entry }]) => {
    const green = config.traffic.regions[region] ?? config.traffic.green;
    const router = new Router(
      `router-${region}`,
      {
        greenPercent: green,
        routes: routesOf(application, region),
        loadBalancerArn: entry.loadBalancerArn,
        certificateArn: entry.certificateArn,
        ...(entry.otherCertificateArns === undefined ? {} : { otherCertificateArns: entry.otherCertificateArns }),
        sslPolicy: config.routers.sslPolicy,
        stickinessSeconds: config.routers.stickinessSeconds,
        ...(config.traffic.maintenance
          ? { maintenance: { page: config.routers.maintenancePage, healthPath: platform.facts.edgeHealthPath } }
          : {}),
      },
      { providers: [providers.aws(region, platform.facts)] },
    );
    return [region, regionOutputs(router, green, platform.facts.hosts.app)] as const;
  });
  return {
    facts: { active: config.active, maintenance: config.traffic.maintenance, testerToken: true },
    regions: Object.fromEntries(regions),
  };
}

/** The routed workloads, and before them the functions, which have the more exact paths. */
function routesOf(application: Application, region: string): Record<string, Route> {
  const { targets, functionPaths } = application.facts;
  const colors = application.regions[region]!;
  const route = (name: string, place: Pick<Route, "host" | "paths" | "priority">): [string, Route] => [
    name,
    {
      ...place,
      targetGroupArns: { blue: colors.blue.targetGroupArns[name]!, green: colors.green.targetGroupArns[name]! },
    },
  ];
  return Object.fromEntries([
    ...(functionPaths.length === 0 ? [] : [route(FUNCTION_TARGET, { paths: functionPaths, priority: 0 })]),
    ...Object.entries(targets).map(([name, { host, paths, priority }]) =>
      // Config of AWS has one for each.
      route(name, { host, paths, priority: priority! }),
    ),
  ]);
}

function regionOutputs(router: Router, green: number, host: string): TrafficWired["regions"][string] {
  const { blue: kept, green: shifted } = weightsFor("alb-listener-rule", green);
  const percent = (weight: number) => (weight * 100) / (kept + shifted);
  return {
    weights: { blue: percent(kept), green: percent(shifted) },
    routers: Object.entries(router.ruleArns).map(([route, id]) => ({
      kind: "alb-listener-rule" as const,
      id,
      route,
    })),
    listenerArn: router.listenerArn,
    endpoints: Object.fromEntries(
      COLORS.map((color) => [color, { url: `https://${host}`, header: `${COLOR_HEADER}: ${color}` }]),
    ) as TrafficWired["regions"][string]["endpoints"],
  };
}
