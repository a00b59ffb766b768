import type * as pulumi from "@pulumi/pulumi";
import { AssetsBucket } from "../../../../components/aws/assetsBucket";
import { AssetsPolicy } from "../../../../components/aws/assetsPolicy";
import { StaticSite } from "../../../../components/aws/staticSite";
import type { PlatformContext, RegionBase } from "../region";
import type { Front } from "./front";
import { cloudFrontPlace } from "./place";

/** One bucket for the content-hashed assets of both colors, and the distribution that serves it. */
export function deployAssets(
  context: PlatformContext,
  bases: Readonly<Record<string, RegionBase>>,
  { zone, providers }: Pick<Front, "zone" | "providers">,
): { bucket: pulumi.Output<string>; distributionId: pulumi.Output<string> } | undefined {
  const { config, primaryRegion } = context;
  const { deployment, edge, storage } = config;
  if (edge.static === undefined || deployment.hosts.static === undefined) {
    return undefined;
  }
  const base = bases[primaryRegion]!;
  const opts = { providers: [base.provider] };
  const bucket = new AssetsBucket(
    `assets-${primaryRegion}`,
    { config: storage.assets, keyArn: base.dataKey.arn, accessLogBucket: base.logs.access.bucket, tags: base.tags },
    opts,
  );
  const cdn = cloudFrontPlace(context, base, bases);
  const site = new StaticSite(
    "static",
    {
      deployment: deployment.name,
      environment: deployment.environment,
      account: deployment.account,
      host: deployment.hosts.static,
      appHost: deployment.hosts.app,
      zone,
      bucketDomainName: bucket.regionalDomainName,
      logBucketArn: base.logs.access.arn,
      config: edge.static,
      hsts: edge.tls.hsts,
      logKeyArn: cdn.logKeyArn,
      tags: base.tags,
    },
    { providers: [cdn.provider, ...providers] },
  );
  new AssetsPolicy(
    `assets-policy-${primaryRegion}`,
    { bucket: bucket.bucket, bucketArn: bucket.arn, keyArn: base.dataKey.arn, distributionArn: site.distributionArn },
    opts,
  );
  return { bucket: bucket.bucket, distributionId: site.distributionId };
}
