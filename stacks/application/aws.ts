import type * as aws from "@pulumi/aws/provider";
import type * as kubernetes from "@pulumi/kubernetes/provider";
import type * as pulumi from "@pulumi/pulumi";
import { ColorFunction } from "../../components/aws/colorFunction";
import { awsChangePlace } from "../../components/aws/changePlace";
import { Key } from "../../components/aws/key";
import { logsGrant } from "../../components/aws/keyGrant";
import { awsPlace } from "../../components/aws/place";
import { Targets } from "../../components/aws/targets";
import { regionalImage } from "../../components/internal/image";
import { namespaceName } from "../../components/internal/names";
import { Color } from "../../components/kubernetes/color";
import { DatabaseChange } from "../../components/kubernetes/databaseChange";
import { applicationFacts, changedRelease, podBounds } from "./facts";
import { colorPods, type RegionPods } from "./pods";
import { refuseWhatDoesNotFit } from "./awsRefusals";
import { consumerName } from "../config/applicationChecks";
import type { Color as ColorName } from "../config/fields";
import { DATABASE_IMAGE, FUNCTION_IMAGE } from "../config/releases";
import type { ApplicationConfig } from "../config/schema";
import type { Application } from "../contract/application";
import type { AwsPlatform } from "../contract/platform/aws";
import { Providers } from "../providers";

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
export function application(
  config: ApplicationConfig<"aws">,
  platform: AwsPlatform,
  providers = new Providers(),
): Application {
  refuseWhatDoesNotFit(config, platform);
  const places = regionProviders(platform, providers);
  const regions = Object.keys(platform.regions).map((region) => [
    region,
    deployRegion(config, platform, region, places[region]!),
  ]);
  return {
    facts: applicationFacts(config, config.functions?.paths),
    regions: Object.fromEntries(regions) as Application["regions"],
    databaseJobs: changeDatabases(config, platform, places),
  };
}

function regionProviders(platform: AwsPlatform, providers: Providers): Record<string, RegionProviders> {
  return Object.fromEntries(
    Object.entries(platform.regions).map(([region, { cluster }]) => [
      region,
      { aws: providers.aws(region, platform.facts), kubernetes: providers.kubernetes(region, cluster) },
    ]),
  );
}

function deployRegion(
  config: ApplicationConfig<"aws">,
  platform: AwsPlatform,
  region: string,
  providers: RegionProviders,
) {
  const key =
    config.functions === undefined
      ? undefined
      : new Key(
          `functions-${region}`,
          {
            description: `Logs and settings of the functions in ${region}.`,
            account: platform.facts.account,
            grants: [logsGrant(region, platform.facts.account)],
          },
          { providers: [providers.aws] },
        );
  const pods = colorPods(config, platform, region);
  const deploy = (color: ColorName) => deployColor(config, platform, region, color, pods[color], key?.arn, providers);
  return { blue: deploy("blue"), green: deploy("green") };
}

/** A color without a release has target groups, for the routers to name, and nothing else. */
function deployColor(
  config: ApplicationConfig<"aws">,
  platform: AwsPlatform,
  region: string,
  color: ColorName,
  pods: RegionPods,
  functionKeyArn: pulumi.Input<string> | undefined,
  providers: RegionProviders,
): Application["regions"][string][ColorName] {
  const release = config.releases[color];
  const place = platform.regions[region]!;
  const jurisdiction = platform.jurisdictions[place.facts.jurisdiction]!;
  const fn =
    release === undefined || config.functions === undefined || functionKeyArn === undefined
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
      workloads: applicationFacts(config, config.functions?.paths).targets,
      functions: config.functions !== undefined,
      functionArn: fn?.arn,
      vpcId: place.network.vpcId,
      config: config.targets,
    },
    { providers: [providers.aws] },
  );
  const empty = { namespace: namespaceName(platform.facts.name, color), targetGroupArns: groupArns, pods: {} };
  if (release === undefined) {
    return empty;
  }
  const { namespace } = new Color(
    `color-${region}-${color}`,
    {
      identity: { deployment: platform.facts.name, color },
      place: awsPlace({
        region,
        facts: platform.facts,
        platform: place,
        jurisdiction,
        databaseCidrs: databaseCidrs(platform, jurisdiction.facts.regions),
        targetGroupArns: groupArns,
      }),
      release,
      workloads: config.workloads,
      pods,
      consumerName,
    },
    { providers: [providers.aws, providers.kubernetes] },
  );
  return {
    namespace,
    targetGroupArns: groupArns,
    ...(fn === undefined ? {} : { functionArn: fn.arn, functionName: fn.functionName }),
    pods: podBounds(pods),
  };
}

/** Once for each database: in the cluster of its jurisdiction's primary region. */
function changeDatabases(
  config: ApplicationConfig<"aws">,
  platform: AwsPlatform,
  providers: Readonly<Record<string, RegionProviders>>,
): Application["databaseJobs"] {
  const release = changedRelease(config);
  if (release === undefined) {
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
            change: config.databaseChange,
            version: release.version,
            image: regionalImage(release.images[DATABASE_IMAGE]!, primaryRegion),
            place: awsChangePlace({
              deployment: platform.facts.name,
              account: platform.facts.account,
              region: primaryRegion,
              version: release.version,
              database,
              platform: place,
              databaseCidrs: databaseCidrs(platform, regions),
            }),
          },
          { providers: [aws, kubernetes] },
        );
        return [name, jobNames];
      },
    ),
  );
}

/** The primary may move to any region of its jurisdiction. */
function databaseCidrs(platform: AwsPlatform, regions: readonly string[]) {
  return regions.map((region) => platform.regions[region]!.network.databaseCidrs);
}
