import type * as pulumi from "@pulumi/pulumi";
import { AssetsBucket } from "../../components/aws/assetsBucket";
import { AssetsPolicy } from "../../components/aws/assetsPolicy";
import { Certificate } from "../../components/aws/certificate";
import { Dashboard } from "../../components/aws/dashboard";
import { Entry } from "../../components/aws/entry";
import { GeneratedSecret } from "../../components/aws/generatedSecret";
import { Key } from "../../components/aws/key";
import { logsGrant } from "../../components/aws/keyGrant";
import { LoadBalancerAlarms } from "../../components/aws/loadBalancerAlarms";
import { StaticSite } from "../../components/aws/staticSite";
import { LoadBalancer } from "../../components/cloudflare/loadBalancer";
import { RequestRules } from "../../components/cloudflare/requestRules";
import { steer } from "../../components/cloudflare/steering";
import { Waf } from "../../components/cloudflare/waf";
import { Zone } from "../../components/cloudflare/zone";
import { cloudflareProvider } from "../providers";
import type { PlatformContext, RegionBase } from "./region";

/** CloudFront, its certificate and its firewall exist in this region only. */
const CLOUDFRONT_REGION = "us-east-1";

/** How users come in: by region, and what is there once. */
export interface EdgeBase {
  entries: Record<string, { entry: Entry; certificateArn: pulumi.Output<string>; alarmArns: pulumi.Output<string>[] }>;
  assets: { bucket: pulumi.Output<string>; distributionId: pulumi.Output<string> };
}

/**
 * The edge: the zone and its rules, the load balancers of the regions, the load balancer over them, and the assets.
 * It chooses regions, never colors: no stage of a release touches it.
 */
export function deployEdge(context: PlatformContext, bases: Readonly<Record<string, RegionBase>>): EdgeBase {
  const { config, primaryRegion } = context;
  const { deployment, edge } = config;
  const cloudflare = cloudflareProvider();
  const opts = { providers: [cloudflare] };
  const steering = steer(config.jurisdictions, config.regions);

  const zone = new Zone("zone", { zone: deployment.hosts.zone, accountId: edge.accountId, config: edge.tls }, opts);
  const originSecret = edgeSecret(
    context,
    bases[primaryRegion]!,
    "origin",
    "Proves to the load balancers that a request came through the edge.",
  );
  const testerToken = edgeSecret(
    context,
    bases[primaryRegion]!,
    "tester",
    "Proves to the edge that a request comes from a tester, who may choose a color.",
  );
  new Waf(
    "waf",
    { zoneId: zone.zoneId, appHost: deployment.hosts.app, config: edge.waf, rateLimits: edge.rateLimits },
    opts,
  );
  new RequestRules(
    "rules",
    { zoneId: zone.zoneId, appHost: deployment.hosts.app, steering, originSecret, testerToken },
    opts,
  );

  const entries = deployEntries(context, bases, { zone, originSecret, cloudflare });
  new LoadBalancer(
    "balancer",
    {
      deployment: deployment.name,
      accountId: edge.accountId,
      zoneId: zone.zoneId,
      zone: deployment.hosts.zone,
      appHost: deployment.hosts.app,
      origins: Object.fromEntries(Object.entries(entries).map(([region, { entry }]) => [region, entry.dnsName])),
      steering,
      config: edge.loadBalancer,
      originSecret,
    },
    opts,
  );
  return { entries, assets: deployAssets(context, bases, zone, cloudflare) };
}

function edgeSecret({ config }: PlatformContext, base: RegionBase, role: string, description: string) {
  return new GeneratedSecret(
    `secret-${base.region}-${role}`,
    {
      description,
      account: config.deployment.account,
      keyArn: base.dataKey.arn,
      logKeyArn: base.logKey.arn,
      logRetentionDays: config.account.logs.groupDays,
      generation: config.edge.secretGeneration,
      tags: base.tags,
    },
    { providers: [base.provider] },
  ).value;
}

function deployEntries(
  { config, primaryRegion }: PlatformContext,
  bases: Readonly<Record<string, RegionBase>>,
  edge: { zone: Zone; originSecret: pulumi.Output<string>; cloudflare: ReturnType<typeof cloudflareProvider> },
): EdgeBase["entries"] {
  const { deployment } = config;
  const certificate = (region: string, proof: ConstructorParameters<typeof Certificate>[1]["proof"]) =>
    new Certificate(
      `certificate-${region}`,
      { domainName: deployment.hosts.app, proof },
      { providers: [bases[region]!.provider, edge.cloudflare] },
    );
  // ACM asks for the same record in every region of an account: the primary region's certificate makes it for all.
  const first = certificate(primaryRegion, { zoneId: edge.zone.zoneId });
  return Object.fromEntries(
    Object.values(bases).map((base) => {
      const { region, provider } = base;
      const opts = { providers: [provider] };
      const entry = new Entry(
        `entry-${region}`,
        {
          deployment: deployment.name,
          environment: deployment.environment,
          region,
          account: deployment.account,
          jurisdiction: config.regions[region]!.jurisdiction,
          vpcId: base.network.vpcId,
          publicSubnetIds: base.network.publicSubnetIds,
          clusterSecurityGroupId: base.cluster.securityGroupId,
          config: config.entry,
          logBucket: base.logs.access.bucket,
          logKeyArn: base.logKey.arn,
          originSecret: edge.originSecret,
          tags: base.tags,
        },
        opts,
      );
      const alarms = new LoadBalancerAlarms(
        `entry-alarms-${region}`,
        {
          loadBalancerArnSuffix: entry.loadBalancerArnSuffix,
          topicArn: base.topic.arn,
          config: config.observability.alarms,
        },
        opts,
      );
      const { arn } = region === primaryRegion ? first : certificate(region, { recordName: first.recordName });
      return [region, { entry, certificateArn: arn, alarmArns: alarms.arns }];
    }),
  );
}

/** One bucket for the content-hashed assets of both colors, and the distribution that serves it. */
function deployAssets(
  context: PlatformContext,
  bases: Readonly<Record<string, RegionBase>>,
  zone: Zone,
  cloudflare: ReturnType<typeof cloudflareProvider>,
): EdgeBase["assets"] {
  const { config, primaryRegion } = context;
  const { deployment, edge, storage } = config;
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
      zoneId: zone.zoneId,
      bucketDomainName: bucket.regionalDomainName,
      logBucketArn: base.logs.access.arn,
      config: edge.static,
      hsts: edge.tls.hsts,
      logKeyArn: cdn.logKeyArn,
      tags: base.tags,
    },
    { providers: [cdn.provider, cloudflare] },
  );
  new AssetsPolicy(
    `assets-policy-${primaryRegion}`,
    { bucket: bucket.bucket, bucketArn: bucket.arn, keyArn: base.dataKey.arn, distributionArn: site.distributionArn },
    opts,
  );
  return { bucket: bucket.bucket, distributionId: site.distributionId };
}

/** The provider and the log key of CloudFront's region, which need not be a region of the deployment. */
function cloudFrontPlace(
  { config: { deployment }, providers }: PlatformContext,
  base: RegionBase,
  bases: Readonly<Record<string, RegionBase>>,
): { provider: RegionBase["provider"]; logKeyArn: pulumi.Output<string> } {
  const there = bases[CLOUDFRONT_REGION];
  if (there !== undefined) {
    return { provider: there.provider, logKeyArn: there.logKey.arn };
  }
  const provider = providers.aws(CLOUDFRONT_REGION, deployment);
  const key = new Key(
    `log-key-${CLOUDFRONT_REGION}`,
    {
      description: `Logs of the distribution of ${deployment.name}.`,
      account: deployment.account,
      grants: [logsGrant(CLOUDFRONT_REGION, deployment.account)],
      tags: base.tags,
    },
    { providers: [provider] },
  );
  return { provider, logKeyArn: key.arn };
}

/** The dashboard of a region: what its users, its database, its cache and its cluster do, with both colors side by side. */
export function deployDashboard(
  { config }: PlatformContext,
  base: RegionBase,
  entry: Entry,
  databaseIdentifiers: readonly pulumi.Input<string>[],
): pulumi.Output<string> {
  return new Dashboard(
    `dashboard-${base.region}`,
    {
      dashboardName: `${config.deployment.name}-${base.region}`,
      region: base.region,
      loadBalancerArnSuffix: entry.loadBalancerArnSuffix,
      clusterName: base.cluster.name,
      cacheGroupId: base.cache.replicationGroupId,
      databaseIdentifiers,
    },
    { providers: [base.provider] },
  ).dashboardName;
}
