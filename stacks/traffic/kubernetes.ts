import { clusterTraffic, type RouterPlace } from "./cluster";
import type { TrafficConfig } from "../config/schema";
import type { Application } from "../contract/application";
import type { KubernetesPlatform, KubernetesPlatformRegion } from "../contract/platform/kubernetes";
import type { TrafficWired } from "../contract/traffic";
import { Providers } from "../providers";
import { refuseIssues } from "../refuse";

/** The traffic layer on clusters that are there already. See {@link clusterTraffic}. */
export function traffic(
  config: TrafficConfig<"kubernetes">,
  platform: KubernetesPlatform,
  application: Application,
  providers = new Providers(),
): TrafficWired {
  const places = Object.entries(platform.regions).map(
    ([region, { cluster, entry }]) =>
      [
        region,
        {
          provider: providers.cluster(region, cluster),
          context: cluster.context,
          namespace: entry.namespace,
          gateway: () => gatewayOf(config, entry),
        } satisfies RouterPlace,
      ] as const,
  );
  return clusterTraffic(config, platform, application, Object.fromEntries(places), false);
}

/**
 * @throws pulumi.RunError when the deployment's own gateway would have no certificate.
 */
function gatewayOf({ routers }: TrafficConfig<"kubernetes">, { certificateName }: KubernetesPlatformRegion["entry"]) {
  // A route without a gateway was refused with the config, and one that is neither the deployment's own nor given.
  const { className, annotations, name, namespace, listener } = routers.gateway!;
  if (className === undefined) {
    return { name: name!, namespace: namespace!, ...(listener === undefined ? {} : { listener }) };
  }
  if (certificateName === undefined) {
    refuseIssues([
      {
        path: "routers.gateway.className",
        message:
          "a gateway that is there already (name, namespace), because the platform has no certificate for one of the deployment's own (cutover:entry.certificate)",
        value: className,
      },
    ]);
  }
  return { className, certificateSecret: certificateName!, ...(annotations === undefined ? {} : { annotations }) };
}
