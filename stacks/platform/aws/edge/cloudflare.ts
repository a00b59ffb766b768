import { AppRecords } from "../../../../components/cloudflare/appRecords";
import { Assets } from "../../../../components/cloudflare/assets";
import { LoadBalancer } from "../../../../components/cloudflare/loadBalancer";
import { RequestRules } from "../../../../components/cloudflare/requestRules";
import { steer } from "../../../../components/cloudflare/steering";
import { Waf } from "../../../../components/cloudflare/waf";
import { Zone } from "../../../../components/cloudflare/zone";
import { CLIENT_ADDRESS_HEADER } from "../../../../components/internal/headers";
import { DEFAULT_WAF } from "../../../config/edge";
import { cloudflareProvider } from "../../../providers";
import type { PlatformContext, RegionBase } from "../region";
import { appHosts, frontSecrets, type Front } from "./front";

/**
 * Cloudflare before the regions: the zone and its rules, and over several regions a load balancer. It chooses regions, never
 * colors: no stage of a release touches it.
 */
export function cloudflareFront(context: PlatformContext, bases: Readonly<Record<string, RegionBase>>): Front {
  const { deployment, edge, jurisdictions, regions } = context.config;
  const provider = cloudflareProvider();
  const opts = { providers: [provider] };
  const steering = steer(jurisdictions, regions, edge.closed);
  const hosts = appHosts(context);
  // Config has them: edgeChecks refuses a Cloudflare edge without.
  const accountId = edge.accountId!;
  const rateLimits = edge.rateLimits!;

  const zone = new Zone("zone", { zone: deployment.hosts.zone, accountId, config: edge.tls }, opts);
  const { originSecret, testerToken } = frontSecrets(context, bases);
  new Waf("waf", { zoneId: zone.zoneId, hosts, config: edge.waf ?? DEFAULT_WAF, rateLimits }, opts);
  new RequestRules("rules", { zoneId: zone.zoneId, hosts, steering, originSecret, testerToken }, opts);

  const { loadBalancer } = edge;
  const assets =
    edge.assets === undefined
      ? undefined
      : new Assets(
          "assets",
          {
            accountId,
            zoneId: zone.zoneId,
            bucket: `${deployment.name}-${deployment.environment}-assets`,
            // Config has it: edgeChecks refuses assets without a name.
            host: deployment.hosts.static!,
            appHosts: hosts,
            config: edge.assets,
          },
          opts,
        );
  return {
    zone: { zoneId: zone.zoneId },
    delegation: { nameServers: zone.nameServers, dsRecord: zone.dsRecord },
    providers: [provider],
    originSecret,
    clientAddressHeader: CLIENT_ADDRESS_HEADER,
    ...(loadBalancer === undefined ? {} : { healthPath: loadBalancer.path }),
    ...(assets === undefined ? {} : { assets: { bucket: assets.bucket } }),
    open: (regions) => {
      const origins = Object.fromEntries(Object.entries(regions).map(([region, { dnsName }]) => [region, dnsName]));
      if (loadBalancer === undefined) {
        new AppRecords("app", { zoneId: zone.zoneId, hosts, originHost: Object.values(origins)[0]! }, opts);
        return;
      }
      new LoadBalancer(
        "balancer",
        {
          deployment: deployment.name,
          accountId,
          zoneId: zone.zoneId,
          zone: deployment.hosts.zone,
          appHost: deployment.hosts.app,
          origins,
          steering,
          config: loadBalancer,
          originSecret,
        },
        opts,
      );
    },
  };
}
