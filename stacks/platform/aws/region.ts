import type * as aws from "@pulumi/aws/provider";
import type * as pulumi from "@pulumi/pulumi";
import { AlarmTopic } from "../../../components/aws/alarmTopic";
import { BackupVault } from "../../../components/aws/backupVault";
import { Cache } from "../../../components/aws/cache";
import { Cluster } from "../../../components/aws/cluster";
import { ContainerInsights } from "../../../components/aws/containerInsights";
import { Detection } from "../../../components/aws/detection";
import { Key } from "../../../components/aws/key";
import { distributionsGrant, logsGrant, serviceGrant } from "../../../components/aws/keyGrant";
import { Logs } from "../../../components/aws/logs";
import { Network } from "../../../components/aws/network";
import { RecordsBucket } from "../../../components/aws/recordsBucket";
import { Trail, trailArn, trailGrants } from "../../../components/aws/trail";
import { Controllers } from "../../../components/kubernetes/controllers";
import type { PlatformConfig } from "../../config/schema";
import type { Providers } from "../../providers";

/** What every part of the platform needs to know. */
export interface PlatformContext {
  config: PlatformConfig<"aws">;
  /** The region that holds what exists once. */
  primaryRegion: string;
  providers: Providers;
}

/** What one region has before jurisdictions, edge and AI are laid over the regions. */
export interface RegionBase {
  region: string;
  provider: aws.Provider;
  /** Tags of the region's data stores: where their data has to stay, and who answers for it. */
  tags: Record<string, string>;
  /** Key of data: databases, caches, buckets, secrets. */
  dataKey: Key;
  /** Key of logs, trails and alarms, which services of AWS use in their own name. */
  logKey: Key;
  topic: AlarmTopic;
  logs: Logs;
  network: Network;
  cluster: Cluster;
  cache: Cache;
  /** The bucket of education records; none where config names none. */
  records?: RecordsBucket;
  vault: BackupVault;
  alarmArns: pulumi.Output<string>[];
}

/** Everything of a region that needs no other region. */
export function deployRegion(context: PlatformContext, region: string): RegionBase {
  const { config, primaryRegion } = context;
  const { deployment } = config;
  const { account } = deployment;
  const facts = config.regions[region]!;
  const provider = context.providers.aws(region, deployment);
  const opts = { providers: [provider] };
  const tags = { owner: deployment.owner, residency: facts.jurisdiction };
  const logDays = config.account.logs.groupDays;
  const trails = trailNames(context, region);

  const dataKey = new Key(
    `data-key-${region}`,
    {
      description: `Data of ${deployment.name} in ${region}.`,
      account,
      // CloudFront reads the assets in its own name; they are in the primary region.
      grants: region === primaryRegion ? [distributionsGrant(account)] : [],
      tags,
    },
    opts,
  );
  const logKey = new Key(
    `log-key-${region}`,
    {
      description: `Logs and alarms of ${deployment.name} in ${region}.`,
      account,
      grants: [
        logsGrant(region, account),
        serviceGrant("CloudWatch", "cloudwatch.amazonaws.com", account),
        ...trailGrants(trails.map((name) => trailArn(region, account, name))),
      ],
      tags,
    },
    opts,
  );
  const topic = new AlarmTopic(
    `alarms-${region}`,
    { account, region, keyArn: logKey.arn, emails: config.account.alarmEmails, tags },
    opts,
  );
  const logs = new Logs(
    `logs-${region}`,
    {
      config: config.account.logs,
      account,
      region,
      trailArns: trails.map((name) => trailArn(region, account, name)),
      ofDistributions: region === primaryRegion,
      keyArn: logKey.arn,
      tags,
    },
    opts,
  );
  const network = new Network(
    `network-${region}`,
    {
      region,
      account,
      cidr: facts.cidr,
      zones: facts.zones,
      peers: peersOf(config, region),
      config: config.network,
      logKeyArn: logKey.arn,
      tags,
    },
    opts,
  );
  const cluster = new Cluster(
    `cluster-${region}`,
    {
      clusterName: deployment.name,
      account,
      role: facts.role,
      subnetIds: network.privateSubnetIds,
      operatorRanges: config.network.operatorRanges,
      config: config.cluster,
      logKeyArn: logKey.arn,
      tags: { ...tags, deployment: deployment.name },
    },
    opts,
  );
  deployControllers(context, region, { aws: provider, cluster, network });
  const { insights } = config.observability;
  const insightsAlarms =
    insights === undefined
      ? []
      : new ContainerInsights(
          `insights-${region}`,
          {
            clusterName: deployment.name,
            identity: { oidcProviderArn: cluster.oidcProviderArn, oidcIssuer: cluster.oidcIssuer },
            config: insights,
            logKeyArn: logKey.arn,
            logRetentionDays: logDays,
            alarmTopicArn: topic.arn,
            tags,
          },
          // The agent runs as pods, so it waits for nodes.
          { ...opts, dependsOn: [cluster] },
        ).alarmArns;

  const records =
    config.storage.records === undefined
      ? undefined
      : new RecordsBucket(
          `records-${region}`,
          { config: config.storage.records, keyArn: dataKey.arn, accessLogBucket: logs.access.bucket, tags },
          opts,
        );
  const cache = new Cache(
    `cache-${region}`,
    {
      config: config.cache,
      product: deployment.name,
      vpcId: network.vpcId,
      subnetIds: network.databaseSubnetIds,
      clientSecurityGroupId: cluster.securityGroupId,
      keyArn: dataKey.arn,
      logKeyArn: logKey.arn,
      logRetentionDays: logDays,
      alarmTopicArn: topic.arn,
      tags,
    },
    opts,
  );
  const vault = new BackupVault(
    `vault-${region}`,
    { config: config.database, keyArn: dataKey.arn, alarmTopicArn: topic.arn, tags },
    opts,
  );
  deployAudit(context, region, { provider, logs, logKey, records, tags });

  return {
    region,
    provider,
    tags,
    dataKey,
    logKey,
    topic,
    logs,
    network,
    cluster,
    cache,
    ...(records === undefined ? {} : { records }),
    vault,
    alarmArns: [...insightsAlarms, ...cache.alarmArns, ...vault.alarmArns],
  };
}

function deployControllers(
  { config, providers }: PlatformContext,
  region: string,
  { aws, cluster, network }: { aws: aws.Provider; cluster: Cluster; network: Network },
): void {
  const { deployment } = config;
  const kubernetes = providers.kubernetes(region, cluster);
  new Controllers(
    `controllers-${region}`,
    {
      region,
      account: deployment.account,
      clusterName: deployment.name,
      oidcProviderArn: cluster.oidcProviderArn,
      oidcIssuer: cluster.oidcIssuer,
      vpcId: network.vpcId,
      vpcCidr: config.regions[region]!.cidr,
      volumeKeyArn: cluster.volumeKeyArn,
      targetGroupPrefix: deployment.name,
      config: config.cluster,
    },
    // Releases wait for ready pods, so they wait for nodes.
    { providers: [aws, kubernetes], dependsOn: [cluster] },
  );
}

/** Who did what, in this region; and what watches it. */
function deployAudit(
  context: PlatformContext,
  region: string,
  base: Pick<RegionBase, "provider" | "logs" | "logKey" | "records" | "tags">,
): void {
  const { config, primaryRegion } = context;
  const opts = { providers: [base.provider] };
  const { account } = config.deployment;
  new Detection(
    `detection-${region}`,
    {
      config: config.account,
      account,
      region,
      recordsGlobal: region === primaryRegion,
      historyBucket: base.logs.history.bucket,
      historyBucketArn: base.logs.history.arn,
      keyArn: base.logKey.arn,
      tags: base.tags,
    },
    opts,
  );
  for (const trailName of trailNames(context, region)) {
    const records = trailName.endsWith("-management") ? undefined : base.records;
    const kind = records === undefined ? "management" : "records";
    new Trail(
      `trail-${region}-${kind}`,
      {
        trailName,
        events: records === undefined ? { kind: "management" } : { kind: "records", bucketArns: [records.arn] },
        bucket: base.logs.trail.bucket,
        keyArn: base.logKey.arn,
        retentionDays: config.account.logs.auditDays,
        tags: base.tags,
      },
      opts,
    );
  }
}

/** One trail of the account's management for all regions, and in each region one of its education records, if it keeps any. */
function trailNames({ config, primaryRegion }: PlatformContext, region: string): string[] {
  const { name } = config.deployment;
  return [
    ...(region === primaryRegion ? [`${name}-management`] : []),
    ...(config.storage.records === undefined ? [] : [`${name}-records-${region}`]),
  ];
}

/** The other regions of a region's jurisdiction: their workloads reach its database, over a private path. */
export function peersOf({ regions }: Pick<PlatformConfig<"aws">, "regions">, region: string): Record<string, string> {
  const { jurisdiction } = regions[region]!;
  return Object.fromEntries(
    Object.entries(regions)
      .filter(([name, other]) => name !== region && other.jurisdiction === jurisdiction)
      .map(([name, { cidr }]) => [name, cidr]),
  );
}
