import { vaultChangePlace, vaultPlace } from "../../components/kubernetes/vaultPlace";
import { clusterApplication } from "./cluster";
import type { ApplicationConfig } from "../config/schema";
import type { Application } from "../contract/application";
import type { KubernetesPlatform } from "../contract/platform/kubernetes";
import { Providers } from "../providers";

/** The application layer on clusters that are there already. See {@link clusterApplication}. */
export function application(
  config: ApplicationConfig<"kubernetes">,
  platform: KubernetesPlatform,
  providers = new Providers(),
): Application {
  const { name, environment, hosts } = platform.facts;
  const regions = Object.entries(platform.regions).map(([region, { facts, cluster, vault, entry }]) => {
    const args = {
      deployment: name,
      region,
      jurisdiction: facts.jurisdiction,
      environment,
      appHost: hosts.app,
      vault,
      database: platform.jurisdictions[facts.jurisdiction]!.database,
      proxies: entry.proxies,
    };
    return [
      region,
      {
        provider: providers.cluster(region, cluster),
        secrets: facts.secrets,
        place: vaultPlace(args),
        changePlace: (version: string) => vaultChangePlace(args, version),
      },
    ] as const;
  });
  return clusterApplication(config, platform, Object.fromEntries(regions));
}
