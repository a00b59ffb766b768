import { azureChangePlace } from "../../components/azure/changePlace";
import { azurePlace } from "../../components/azure/workloadPlace";
import { clusterApplication } from "./cluster";
import type { Issue } from "../config/issue";
import type { ApplicationConfig } from "../config/schema";
import type { Application } from "../contract/application";
import type { AzurePlatform } from "../contract/platform/azure";
import { Providers } from "../providers";
import { refuseIssues } from "../refuse";

type Config = ApplicationConfig<"azure">;

/**
 * The application layer on Azure. See {@link clusterApplication}.
 *
 * @throws pulumi.RunError when a workload would be let do what its identity may not.
 */
export function application(config: Config, platform: AzurePlatform, providers = new Providers()): Application {
  refuseIssues([...closedAccess(config, platform), ...nobodyChanges(config, platform)]);
  const { facts } = platform;
  const regions = Object.entries(platform.regions).map(([region, place]) => {
    const args = {
      region,
      facts,
      platform: place,
      jurisdiction: platform.jurisdictions[place.facts.jurisdiction]!,
    };
    return [
      region,
      {
        provider: providers.aks(region, { ...place.cluster, tenantId: facts.tenantId }),
        secrets: Object.keys(place.vault.secrets),
        place: azurePlace(args),
        changePlace: (version: string) => azureChangePlace(args, releaseIdentity(platform, region)!, version),
      },
    ] as const;
  });
  return clusterApplication(config, platform, Object.fromEntries(regions));
}

/** What workloads want to reach, and their identities may not: the pods would start, and be refused. */
function closedAccess({ workloads }: Config, platform: AzurePlatform): Issue[] {
  return Object.entries(workloads).flatMap(([name, { access }]) => {
    const wanted = [
      ...(["ai", "cache", "database"] as const)
        .filter((use) => access[use])
        .map((use) => ({ field: use, use, value: true })),
      ...(access.records === "none" ? [] : [{ field: "records", use: "records", value: access.records }]),
      ...access.secrets.map((secret, index) => ({
        field: `secrets[${index}]`,
        use: `secret ${secret}`,
        value: secret,
      })),
    ];
    return Object.values(platform.regions).flatMap(({ facts: { identities } }): Issue[] => {
      const may = identities[name];
      if (may === undefined) {
        const known = Object.keys(identities).join(", ");
        return [
          { path: `workloads.${name}`, message: `a workload that has an identity (identities: ${known})`, value: name },
        ];
      }
      return wanted
        .filter(({ use }) => !may.includes(use))
        .map(({ field, use, value }) => ({
          path: `workloads.${name}.access.${field}`,
          message: `what the workload's identity may do (identities.${name}: ${may.join(", ")}), which has no ${use}`,
          value,
        }));
    });
  });
}

/** Somebody has to change the database. */
function nobodyChanges({ databaseChange }: Config, platform: AzurePlatform): Issue[] {
  const without = Object.keys(platform.regions).filter((region) => releaseIdentity(platform, region) === undefined);
  return databaseChange.phase === "none" || without.length === 0
    ? []
    : [
        {
          path: "databaseChange.phase",
          message: `none, because no identity of the platform has identities.<name>.release in ${without.join(", ")}`,
          value: databaseChange.phase,
        },
      ];
}

/** The identity of what a release does once. */
function releaseIdentity({ regions }: AzurePlatform, region: string): string | undefined {
  const { identities } = regions[region]!.facts;
  return Object.keys(identities).find((name) => identities[name]!.includes("release"));
}
