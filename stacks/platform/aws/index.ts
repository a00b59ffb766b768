import { Account } from "../../../components/aws/account";
import { nodeCapacity } from "../../config/cluster";
import type { PlatformConfig } from "../../config/schema";
import type { AwsPlatform } from "../../contract/platform/aws";
import { Providers, azureProvider } from "../../providers";
import { deployDashboard } from "./dashboard";
import { deployEdge, type EdgeBase } from "./edge";
import { deployJurisdiction, type JurisdictionBase } from "./jurisdiction";
import { deployRegion, type PlatformContext, type RegionBase } from "./region";

/**
 * The platform layer: everything that both colors stand on, and that changes in weeks. First each region by itself,
 * then what the regions of a jurisdiction share, then the edge over all of them.
 *
 * @param providers - The providers of this run, which other layers of the same stack have too.
 */
export function platform(config: PlatformConfig<"aws">, providers = new Providers()): AwsPlatform {
  const primaryRegion = Object.entries(config.regions).find(([, { role }]) => role === "primary")![0];
  const context: PlatformContext = { config, primaryRegion, providers };
  const { deployment } = config;

  const bases = mapValues(config.regions, (region) => deployRegion(context, region));
  new Account(
    "account",
    { config: config.account, account: deployment.account, tags: { owner: deployment.owner } },
    { providers: [bases[primaryRegion]!.provider] },
  );
  const azure = config.ai === undefined ? undefined : azureProvider(config.ai.subscriptionId);
  const jurisdictions = mapValues(config.jurisdictions, (name) => deployJurisdiction(context, name, bases, azure));
  const edge = deployEdge(context, bases);

  return {
    facts: {
      cloud: "aws",
      name: deployment.name,
      environment: deployment.environment,
      owner: deployment.owner,
      account: deployment.account,
      primaryRegion,
      hosts: deployment.hosts,
      ...(edge.healthPath === undefined ? {} : { edgeHealthPath: edge.healthPath }),
      podPorts: config.entry.podPorts,
    },
    ...(edge.assets === undefined ? {} : { assets: edge.assets }),
    zone: edge.delegation,
    jurisdictions: mapValues(jurisdictions, (_, { outputs }) => outputs),
    regions: mapValues(bases, (region, base) =>
      regionOutputs(context, base, jurisdictions[config.regions[region]!.jurisdiction]!, edge),
    ),
  };
}

function regionOutputs(
  context: PlatformContext,
  base: RegionBase,
  jurisdiction: JurisdictionBase,
  edge: EdgeBase,
): AwsPlatform["regions"][string] {
  const { region, network, cluster, cache, records } = base;
  const facts = context.config.regions[region]!;
  const { entry, certificateArn, otherCertificateArns, alarmArns } = edge.entries[region]!;
  return {
    facts: {
      jurisdiction: facts.jurisdiction,
      role: facts.role,
      share: facts.share,
      zones: facts.zones,
      nodes: nodeCapacity(context.config.cluster, facts.role),
    },
    network: {
      vpcId: network.vpcId,
      cidr: facts.cidr,
      privateSubnetIds: network.privateSubnetIds,
      databaseCidrs: network.databaseCidrs,
      natAddresses: network.natAddresses,
    },
    cluster: {
      name: cluster.name,
      arn: cluster.arn,
      endpoint: cluster.endpoint,
      certificateAuthority: cluster.certificateAuthority,
      oidcProviderArn: cluster.oidcProviderArn,
      oidcIssuer: cluster.oidcIssuer,
    },
    cache: {
      endpoint: cache.endpoint,
      port: cache.port,
      replicationGroupArn: cache.replicationGroupArn,
      userArn: cache.userArn,
      userName: cache.userName,
    },
    storage: {
      ...(records === undefined ? {} : { recordsBucket: records.bucket, recordsBucketArn: records.arn }),
      keyArn: base.dataKey.arn,
    },
    entry: {
      loadBalancerArn: entry.loadBalancerArn,
      loadBalancerArnSuffix: entry.loadBalancerArnSuffix,
      dnsName: entry.dnsName,
      securityGroupId: entry.securityGroupId,
      certificateArn,
      ...(Object.keys(otherCertificateArns).length === 0 ? {} : { otherCertificateArns }),
    },
    secrets: jurisdiction.secretArns[region] ?? {},
    ...(jurisdiction.ai === undefined ? {} : { ai: jurisdiction.ai }),
    alarms: [...base.alarmArns, ...(jurisdiction.alarmArns[region] ?? []), ...alarmArns],
    dashboard: deployDashboard(context, base, entry, jurisdiction.databaseIdentifiers[region] ?? []),
  };
}

function mapValues<T, U>(record: Readonly<Record<string, T>>, map: (key: string, value: T) => U): Record<string, U> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, map(key, value)]));
}
