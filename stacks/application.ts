import type * as aws from "@pulumi/aws/provider";
import type * as kubernetes from "@pulumi/kubernetes/provider";
import type * as pulumi from "@pulumi/pulumi";
import { ColorFunction } from "../components/aws/colorFunction";
import { Key } from "../components/aws/key";
import { logsGrant } from "../components/aws/keyGrant";
import { checkCapacity } from "../components/internal/capacity";
import { Targets } from "../components/aws/targets";
import { regionalImage } from "../components/internal/image";
import { namespaceName } from "../components/internal/names";
import { Color } from "../components/kubernetes/color";
import { DatabaseChange } from "../components/kubernetes/databaseChange";
import { colorPods, type RegionPods } from "./applicationPods";
import { consumerName, consumersOf, podGroups } from "./config/applicationChecks";
import { COLORS, type Color as ColorName } from "./config/fields";
import type { Issue } from "./config/issue";
import { DATABASE_IMAGE, FUNCTION_IMAGE } from "./config/releases";
import type { ApplicationConfig } from "./config/schema";
import type { Application } from "./contract/application";
import type { Platform } from "./contract/platform";
import { Providers } from "./providers";
import { refuseIssues } from "./refuse";

/** The providers of one region. */
export interface RegionProviders {
  aws: aws.Provider;
  kubernetes: kubernetes.Provider;
}

/**
 * The application layer: both colors in every region, and what a release does to the databases.
 *
 * A color is deployed where it has a release; its capacity decides how many pods it has, and nothing else.
 *
 * @param providers - The providers of this run, which other layers of the same stack have too.
 * @throws pulumi.RunError when the colors do not fit the platform, before any resource is registered.
 */
export function application(config: ApplicationConfig, platform: Platform, providers = new Providers()): Application {
  refuseWhatDoesNotFit(config, platform);
  const places = regionProviders(platform, providers);
  const regions = Object.keys(platform.regions).map((region) => [
    region,
    deployRegion(config, platform, region, places[region]!),
  ]);
  return {
    facts: facts(config),
    regions: Object.fromEntries(regions) as Application["regions"],
    databaseJobs: changeDatabases(config, platform, places),
  };
}

function regionProviders(platform: Platform, providers: Providers): Record<string, RegionProviders> {
  return Object.fromEntries(
    Object.entries(platform.regions).map(([region, { cluster }]) => [
      region,
      { aws: providers.aws(region, platform.facts), kubernetes: providers.kubernetes(region, cluster) },
    ]),
  );
}

function deployRegion(config: ApplicationConfig, platform: Platform, region: string, providers: RegionProviders) {
  const key = new Key(
    `functions-${region}`,
    {
      description: `Logs and settings of the functions in ${region}.`,
      account: platform.facts.account,
      grants: [logsGrant(region, platform.facts.account)],
    },
    { providers: [providers.aws] },
  );
  const pods = colorPods(config, platform, region);
  const deploy = (color: ColorName) => deployColor(config, platform, region, color, pods[color], key.arn, providers);
  return { blue: deploy("blue"), green: deploy("green") };
}

/** A color without a release has target groups, for the routers to name, and nothing else. */
function deployColor(
  config: ApplicationConfig,
  platform: Platform,
  region: string,
  color: ColorName,
  pods: RegionPods,
  functionKeyArn: pulumi.Input<string>,
  providers: RegionProviders,
): Application["regions"][string][ColorName] {
  const release = config.releases[color];
  const place = platform.regions[region]!;
  const jurisdiction = platform.jurisdictions[place.facts.jurisdiction]!;
  const fn =
    release === undefined
      ? undefined
      : new ColorFunction(
          `function-${region}-${color}`,
          {
            color,
            region,
            version: release.version,
            image: regionalImage(release.images[FUNCTION_IMAGE]!, region),
            config: config.functions,
            keyArn: functionKeyArn,
            environment: { ENVIRONMENT: platform.facts.environment, JURISDICTION: place.facts.jurisdiction },
          },
          { providers: [providers.aws] },
        );
  const { groupArns } = new Targets(
    `targets-${region}-${color}`,
    {
      deployment: platform.facts.name,
      color,
      workloads: facts(config).targets,
      functionArn: fn?.arn,
      vpcId: place.network.vpcId,
      config: config.targets,
    },
    { providers: [providers.aws] },
  );
  const empty = { namespace: namespaceName(platform.facts.name, color), targetGroupArns: groupArns, pods: {} };
  if (release === undefined || fn === undefined) {
    return empty;
  }
  const { namespace } = new Color(
    `color-${region}-${color}`,
    {
      identity: { deployment: platform.facts.name, color },
      region,
      facts: platform.facts,
      platform: place,
      jurisdiction,
      databaseCidrs: databaseCidrs(platform, jurisdiction.facts.regions),
      release,
      workloads: config.workloads,
      pods,
      targetGroupArns: groupArns,
      consumerName,
    },
    { providers: [providers.aws, providers.kubernetes] },
  );
  return {
    namespace,
    targetGroupArns: groupArns,
    functionArn: fn.arn,
    functionName: fn.functionName,
    pods: Object.fromEntries(
      Object.entries(pods).map(([workload, { floor, ceiling }]) => [
        workload,
        { least: floor, most: floor === 0 ? 0 : ceiling },
      ]),
    ),
  };
}

/** Once for each database: in the cluster of its jurisdiction's primary region. */
function changeDatabases(
  config: ApplicationConfig,
  platform: Platform,
  providers: Readonly<Record<string, RegionProviders>>,
): Application["databaseJobs"] {
  const change = config.databaseChange;
  const release = COLORS.map((color) => config.releases[color]).find(
    (candidate) => candidate?.version === change.release,
  );
  if (change.phase === "none" || release === undefined) {
    return {};
  }
  return Object.fromEntries(
    Object.entries(platform.jurisdictions).map(
      ([
        name,
        {
          facts: { regions, primaryRegion },
          database,
        },
      ]) => {
        const place = platform.regions[primaryRegion]!;
        const { aws, kubernetes } = providers[primaryRegion]!;
        const { jobNames } = new DatabaseChange(
          `database-${primaryRegion}`,
          {
            deployment: platform.facts.name,
            account: platform.facts.account,
            region: primaryRegion,
            change,
            version: release.version,
            image: regionalImage(release.images[DATABASE_IMAGE]!, primaryRegion),
            database,
            keyArn: place.storage.keyArn,
            cluster: place.cluster,
            vpcCidr: place.network.cidr,
            databaseCidrs: databaseCidrs(platform, regions),
          },
          { providers: [aws, kubernetes] },
        );
        return [name, jobNames];
      },
    ),
  );
}

/** The primary may move to any region of its jurisdiction. */
function databaseCidrs(platform: Platform, regions: readonly string[]) {
  return regions.map((region) => platform.regions[region]!.network.databaseCidrs);
}

function facts(config: ApplicationConfig): Application["facts"] {
  const routed = Object.entries(config.workloads).flatMap(([name, { port, target }]) =>
    target === undefined ? [] : [[name, { port, ...target }] as const],
  );
  const colors = COLORS.flatMap((color) => {
    const release = config.releases[color];
    return release === undefined
      ? []
      : [[color, { release: release.version, capacity: config.capacity[color] }] as const];
  });
  return {
    active: config.active,
    consumers: consumersOf(config),
    targets: Object.fromEntries(routed),
    functionPaths: config.functions.paths,
    colors: Object.fromEntries(colors),
  };
}

function refuseWhatDoesNotFit(config: ApplicationConfig, platform: Platform): void {
  const sizes = Object.fromEntries(Object.entries(platform.regions).map(([region, place]) => [region, place.facts]));
  const issues = [
    ...checkCapacity(podGroups(config), sizes, config.capacity),
    ...unknownSecrets(config, platform),
    ...closedPorts(config, platform),
  ];
  refuseIssues(issues);
}

function unknownSecrets({ workloads }: ApplicationConfig, platform: Platform): Issue[] {
  return Object.entries(workloads).flatMap(([name, { access }]) =>
    access.secrets.flatMap((secret, index) => {
      const missing = Object.keys(platform.regions).filter(
        (region) => platform.regions[region]!.secrets[secret] === undefined,
      );
      const known = Object.keys(Object.values(platform.regions)[0]?.secrets ?? {});
      return missing.length === 0
        ? []
        : [
            {
              path: `workloads.${name}.access.secrets[${index}]`,
              message: `a secret of the platform, in every region (${known.join(", ")}); ${missing.join(", ")} has none of this name`,
              value: secret,
            },
          ];
    }),
  );
}

function closedPorts({ workloads }: ApplicationConfig, platform: Platform): Issue[] {
  const open = platform.facts.podPorts;
  return Object.entries(workloads)
    .filter(([, { port, target }]) => target !== undefined && !open.includes(port))
    .map(([name, { port }]) => ({
      path: `workloads.${name}.port`,
      message: `a port that the platform lets the load balancers reach (entry.podPorts): ${open.join(", ")}`,
      value: port,
    }));
}
