import type * as kubernetes from "@pulumi/kubernetes/provider";
import { checkCapacity } from "../../components/internal/capacity";
import { regionalImage } from "../../components/internal/image";
import { Color, type Place } from "../../components/kubernetes/color";
import { DatabaseChange, type ChangePlace } from "../../components/kubernetes/databaseChange";
import { quotaSpec } from "../../components/kubernetes/quota";
import { applicationFacts, changedRelease, podBounds } from "./facts";
import { colorPods, type RegionPods } from "./pods";
import { consumerName, podGroups } from "../config/applicationChecks";
import type { Color as ColorName } from "../config/fields";
import type { Issue } from "../config/issue";
import { DATABASE_IMAGE } from "../config/releases";
import type { ApplicationConfig } from "../config/schema";
import type { Application } from "../contract/application";
import type { PlatformFacts } from "../contract/platform";
import { refuseIssues } from "../refuse";

type Config = ApplicationConfig<"azure" | "kubernetes">;

/** What a cloud has for the application in one region's cluster. */
export interface ClusterRegion {
  provider: kubernetes.Provider;
  /** Names of the secrets that workloads may read. */
  secrets: readonly string[];
  /** What the workloads of both colors find. */
  place: Place;
  /** What the jobs of a database change find, in the region of the database's primary. */
  changePlace: (version: string) => ChangePlace;
}

/**
 * The application layer where routers stand inside the clusters: both colors in every region's cluster, and what a release does to
 * the databases. Clouds differ in what workloads find, and in nothing else.
 *
 * The namespace of a color is always there, because the routers' grants stand in it; its workloads are there once it has a release.
 * The label `active` of the namespaces says which color serves.
 *
 * @throws pulumi.RunError when the colors do not fit the platform, before any resource is registered.
 */
export function clusterApplication(
  config: Config,
  platform: PlatformFacts,
  regions: Readonly<Record<string, ClusterRegion>>,
): Application {
  refuseWhatDoesNotFit(config, platform, regions);
  const deployed = Object.entries(regions).map(([region, at]) => {
    const pods = colorPods(config, platform, region);
    const deploy = (color: ColorName) => deployColor(config, platform, region, color, pods[color], at);
    return [region, { blue: deploy("blue"), green: deploy("green") }] as const;
  });
  return {
    facts: applicationFacts(config),
    regions: Object.fromEntries(deployed),
    databaseJobs: changeDatabases(config, platform, regions),
  };
}

function deployColor(
  config: Config,
  platform: PlatformFacts,
  region: string,
  color: ColorName,
  pods: RegionPods,
  { provider, place }: ClusterRegion,
): Application["regions"][string][ColorName] {
  const release = config.releases[color];
  const workloads = release === undefined ? {} : config.workloads;
  const { namespace } = new Color(
    `color-${region}-${color}`,
    {
      identity: { deployment: platform.facts.name, color },
      place,
      release: release ?? { version: "", images: {} },
      workloads,
      pods,
      consumerName,
      namespaceLabels: {
        "cutover/environment": platform.facts.environment,
        active: String(color === config.active),
      },
      quota: quotaSpec(workloads, pods),
    },
    { providers: [provider] },
  );
  return { namespace, targetGroupArns: {}, pods: release === undefined ? {} : podBounds(pods) };
}

/** Once for each database: in the cluster of its jurisdiction's primary region. */
function changeDatabases(
  config: Config,
  platform: PlatformFacts,
  regions: Readonly<Record<string, ClusterRegion>>,
): Application["databaseJobs"] {
  const release = changedRelease(config);
  if (release === undefined) {
    return {};
  }
  return Object.fromEntries(
    Object.entries(platform.jurisdictions).map(([name, { facts }]) => {
      const { provider, changePlace } = regions[facts.primaryRegion]!;
      const { jobNames } = new DatabaseChange(
        `database-${facts.primaryRegion}`,
        {
          deployment: platform.facts.name,
          change: config.databaseChange,
          version: release.version,
          image: regionalImage(release.images[DATABASE_IMAGE]!, facts.primaryRegion),
          place: changePlace(release.version),
        },
        { providers: [provider] },
      );
      return [name, jobNames];
    }),
  );
}

function refuseWhatDoesNotFit(
  config: Config,
  platform: PlatformFacts,
  regions: Readonly<Record<string, ClusterRegion>>,
): void {
  const sizes = Object.fromEntries(Object.entries(platform.regions).map(([region, { facts }]) => [region, facts]));
  refuseIssues([...checkCapacity(podGroups(config), sizes, config.capacity), ...unknownSecrets(config, regions)]);
}

function unknownSecrets({ workloads }: Config, regions: Readonly<Record<string, ClusterRegion>>): Issue[] {
  return Object.entries(workloads).flatMap(([name, { access }]) =>
    access.secrets.flatMap((secret, index) => {
      const missing = Object.keys(regions).filter((region) => !regions[region]!.secrets.includes(secret));
      const known = Object.values(regions)[0]?.secrets ?? [];
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
