import type * as pulumi from "@pulumi/pulumi";
import { Certificate } from "../../../../components/aws/certificate";
import { Entry } from "../../../../components/aws/entry";
import { LoadBalancerAlarms } from "../../../../components/aws/loadBalancerAlarms";
import { hostSlug } from "../../../../components/internal/names";
import type { PlatformContext, RegionBase } from "../region";
import { deployAssets } from "./assets";
import type { Delegation, Front } from "./front";

/** How users come into a region. */
export interface RegionEntry {
  entry: Entry;
  certificateArn: pulumi.Output<string>;
  /** Record that proves the application's name to ACM. */
  proofName: pulumi.Output<string>;
  /** Certificates of further host names, by name. */
  otherCertificateArns: Record<string, pulumi.Output<string>>;
  alarmArns: pulumi.Output<string>[];
}

/** How users come in: by region, and what is there once. */
export interface EdgeBase {
  delegation: Delegation;
  entries: Record<string, RegionEntry>;
  healthPath?: string;
  assets?: { bucket: pulumi.Output<string>; distributionId?: pulumi.Output<string> };
}

/** What stands before the regions, by the kind of the edge; loaded, with its SDK, where it is used. */
const FRONTS = {
  cloudflare: () => (require("./cloudflare") as typeof import("./cloudflare")).cloudflareFront,
  cloudfront: () => (require("./cloudfront") as typeof import("./cloudfront")).cloudfrontFront,
};

/** The edge: what stands before the regions, their load balancers, and the assets. */
export function deployEdge(context: PlatformContext, bases: Readonly<Record<string, RegionBase>>): EdgeBase {
  const front = FRONTS[context.config.edge.kind]()(context, bases);
  const entries = deployEntries(context, bases, front);
  front.open(
    Object.fromEntries(
      Object.entries(entries).map(([region, { entry, proofName }]) => [region, { dnsName: entry.dnsName, proofName }]),
    ),
  );
  const assets = front.assets ?? deployAssets(context, bases, front);
  return {
    delegation: front.delegation,
    entries,
    ...(front.healthPath === undefined ? {} : { healthPath: front.healthPath }),
    ...(assets === undefined ? {} : { assets }),
  };
}

function deployEntries(
  { config, primaryRegion }: PlatformContext,
  bases: Readonly<Record<string, RegionBase>>,
  { zone, providers, originSecret, clientAddressHeader }: Front,
): EdgeBase["entries"] {
  const { deployment } = config;
  const certificate = (
    name: string,
    region: string,
    domainName: string,
    proof: ConstructorParameters<typeof Certificate>[1]["proof"],
  ) => new Certificate(name, { domainName, proof }, { providers: [bases[region]!.provider, ...providers] });
  /** Certificates of one host: ACM asks for the same record in every region of an account, the primary's makes it for all. */
  const certificates = (host: string, nameIn: (region: string) => string) => {
    const first = certificate(nameIn(primaryRegion), primaryRegion, host, zone);
    return (region: string) =>
      region === primaryRegion ? first : certificate(nameIn(region), region, host, { recordName: first.recordName });
  };
  const certificateOfApp = certificates(deployment.hosts.app, (region) => `certificate-${region}`);
  const certificatesOfOthers = (deployment.hosts.others ?? []).map(
    (host) => [host, certificates(host, (region) => `certificate-${region}-${hostSlug(host)}`)] as const,
  );
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
          originSecret,
          clientAddressHeader,
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
      const otherCertificateArns = Object.fromEntries(
        certificatesOfOthers.map(([host, certificateOfHost]) => [host, certificateOfHost(region).arn]),
      );
      const { arn: certificateArn, recordName: proofName } = certificateOfApp(region);
      return [region, { entry, certificateArn, proofName, otherCertificateArns, alarmArns: alarms.arns }];
    }),
  );
}
