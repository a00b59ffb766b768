import * as pulumi from "@pulumi/pulumi";
import type { AwsPlatform, AwsPlatformRegion } from "../../stacks/contract/platform/aws";
import type { Place } from "../kubernetes/color";
import { AZURE_TOKEN_FILE } from "../kubernetes/pod";
import { POSTGRES_PORT, type Peer } from "../kubernetes/networkPolicies";
import { irsaCredentials } from "./irsaCredentials";
import { workloadPolicy } from "./workloadPolicy";

export interface AwsPlaceArgs {
  region: string;
  /** The deployment that the platform describes. */
  facts: AwsPlatform["facts"];
  /** What the platform has in the region. */
  platform: AwsPlatformRegion;
  jurisdiction: AwsPlatform["jurisdictions"][string];
  /** Ranges of the database subnets of the jurisdiction's regions: the primary may move to any of them. */
  databaseCidrs: readonly pulumi.Input<pulumi.Input<string>[]>[];
  /** ARN of the target group of each routed workload, by name. */
  targetGroupArns: Readonly<Record<string, pulumi.Input<string>>>;
}

/** What the workloads of a color find in a region of AWS: roles, RDS, ElastiCache, Secrets Manager, target groups. */
export function awsPlace(args: AwsPlaceArgs): Place {
  const { region, facts, platform } = args;
  const secretArn = (name: string) => platform.secrets[name]!;
  const vpc = [{ ipBlock: { cidr: platform.network.cidr } }];
  return {
    region,
    jurisdiction: platform.facts.jurisdiction,
    environment: facts.environment,
    appHost: facts.hosts.app,
    // Targets are pods' addresses, so requests come from the load balancer's own addresses in the VPC.
    entry: vpc,
    database: { at: peersOf(args.databaseCidrs), port: POSTGRES_PORT },
    cache: { at: vpc, port: platform.cache.port },
    settings: (_workload, access) => settings(args, access),
    credentials: (workload, access, namespace) =>
      irsaCredentials({
        oidcProviderArn: platform.cluster.oidcProviderArn,
        oidcIssuer: platform.cluster.oidcIssuer,
        namespace,
        serviceAccount: workload,
        annotations: { "eks.amazonaws.com/sts-regional-endpoints": "true" },
        azureToken: access.ai,
        policy: workloadPolicy(access, { ...awsAccess(args), secrets: access.secrets.map(secretArn) }),
      }),
    secrets: (workload, names) => ({
      provider: {
        aws: { service: "SecretsManager", region, auth: { jwt: { serviceAccountRef: { name: workload } } } },
      },
      refs: Object.fromEntries(names.map((secret) => [secret, { key: secretArn(secret) }])),
    }),
    target: (workload) => ({ groupArn: args.targetGroupArns[workload]!, vpcId: platform.network.vpcId }),
  };
}

/** Ranges of addresses, as network policies name them. */
export function peersOf(cidrs: readonly pulumi.Input<pulumi.Input<string>[]>[]): pulumi.Output<Peer[]> {
  return pulumi
    .all(cidrs.map((each) => pulumi.output(each)))
    .apply((regions) => regions.flat().map((cidr): Peer => ({ ipBlock: { cidr } })));
}

function awsAccess({ facts, region, platform, jurisdiction }: AwsPlaceArgs) {
  const { resourceId, user } = jurisdiction.database;
  return {
    account: facts.account,
    region,
    database: { region: jurisdiction.facts.primaryRegion, resourceId, user },
    cache: platform.cache,
    records: { bucketArn: platform.storage.recordsBucketArn! },
    keyArn: platform.storage.keyArn,
  };
}

/** Where the things are that a workload may reach. */
function settings(
  { facts, platform, jurisdiction }: AwsPlaceArgs,
  access: Parameters<Place["settings"]>[1],
): ReturnType<Place["settings"]> {
  const { database } = jurisdiction;
  // What the platform does not have was refused before.
  const { ai } = platform;
  return {
    ...(facts.hosts.static !== undefined && { STATIC_HOST: facts.hosts.static }),
    ...(access.database && {
      DATABASE_HOST: database.endpoint,
      DATABASE_PORT: pulumi.output(database.port).apply(String),
      DATABASE_NAME: database.name,
      DATABASE_USER: database.user,
      DATABASE_REGION: jurisdiction.facts.primaryRegion,
      DATABASE_SSLMODE: "verify-full",
    }),
    ...(access.cache && {
      CACHE_HOST: platform.cache.endpoint,
      CACHE_PORT: pulumi.output(platform.cache.port).apply(String),
      CACHE_USER: platform.cache.userName,
      CACHE_TLS: "true",
    }),
    ...(access.records !== "none" && { RECORDS_BUCKET: platform.storage.recordsBucket! }),
    ...(access.ai && {
      AZURE_OPENAI_ENDPOINT: ai!.endpoint,
      AZURE_OPENAI_DEPLOYMENTS: pulumi.output(ai!.deployments).apply((names) => names.join(",")),
      AZURE_CLIENT_ID: ai!.clientId,
      AZURE_TENANT_ID: ai!.tenantId,
      AZURE_FEDERATED_TOKEN_FILE: AZURE_TOKEN_FILE,
      AZURE_AUTHORITY_HOST: "https://login.microsoftonline.com/",
    }),
  };
}
