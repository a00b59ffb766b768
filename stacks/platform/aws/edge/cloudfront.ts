import { AppDistribution } from "../../../../components/aws/appDistribution";
import { HostedZone } from "../../../../components/aws/hostedZone";
import type { PlatformContext, RegionBase } from "../region";
import { frontSecrets, type Front } from "./front";
import { cloudFrontPlace } from "./place";

/** CloudFront before the one region that there is, and names on Route 53. */
export function cloudfrontFront(context: PlatformContext, bases: Readonly<Record<string, RegionBase>>): Front {
  const { config, primaryRegion } = context;
  const { deployment, edge, entry, regions } = config;
  const base = bases[primaryRegion]!;
  const { zoneId, nameServers } = new HostedZone(
    "zone",
    { zone: deployment.hosts.zone },
    { providers: [base.provider] },
  );
  const { originSecret, testerToken } = frontSecrets(context, bases);
  return {
    zone: { hostedZoneId: zoneId },
    delegation: { nameServers },
    providers: [],
    originSecret,
    open: (origins) => {
      const cdn = cloudFrontPlace(context, base, bases);
      const { dnsName, proofName } = origins[primaryRegion]!;
      new AppDistribution(
        "app",
        {
          deployment: deployment.name,
          environment: deployment.environment,
          account: deployment.account,
          host: deployment.hosts.app,
          hostedZoneId: zoneId,
          proofName,
          originHost: dnsName,
          jurisdiction: regions[primaryRegion]!.jurisdiction,
          originTimeoutSeconds: entry.idleTimeoutSeconds,
          originSecret,
          testerToken,
          // Config has it: edgeChecks refuses a CloudFront edge without.
          config: edge.distribution!,
          tls: edge.tls,
          logBucketArn: base.logs.access.arn,
          logKeyArn: cdn.logKeyArn,
          tags: base.tags,
        },
        { providers: [cdn.provider] },
      );
    },
  };
}
