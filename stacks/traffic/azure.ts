import { clusterTraffic, type RouterPlace } from "./cluster";
import type { TrafficConfig } from "../config/schema";
import type { Application } from "../contract/application";
import type { AzurePlatform } from "../contract/platform/azure";
import type { TrafficWired } from "../contract/traffic";
import { Providers } from "../providers";

/** The traffic layer on Azure: routes of the platform's gateway. See {@link clusterTraffic}. */
export function traffic(
  config: TrafficConfig<"azure">,
  platform: AzurePlatform,
  application: Application,
  providers = new Providers(),
): TrafficWired {
  const { tenantId } = platform.facts;
  const places = Object.fromEntries(
    Object.entries(platform.regions).map(([region, { cluster, gateway }]): [string, RouterPlace] => [
      region,
      {
        provider: providers.aks(region, { ...cluster, tenantId }),
        // What `az aks get-credentials` calls it.
        context: cluster.name,
        namespace: gateway.routesNamespace,
        gateway: () => ({ name: gateway.name, namespace: gateway.namespace, listener: gateway.listener }),
      },
    ]),
  );
  return clusterTraffic(config, platform, application, places, true);
}
