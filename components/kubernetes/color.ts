import * as pulumi from "@pulumi/pulumi";
import type { Workloads } from "../../stacks/config/workloads";
import type { Platform, PlatformRegion } from "../../stacks/contract/platform";
import { regionalImage } from "../internal/image";
import { namespaceName } from "../internal/names";
import { colorLabels, type ColorIdentity } from "./labels";
import { Namespace } from "./namespace";
import { NetworkPolicies } from "./networkPolicies";
import { AZURE_TOKEN_FILE } from "./pod";
import { Workload, type PodCount } from "./workload";
import { workloadPolicy } from "./workloadPolicy";

const TOKEN = "cutover:kubernetes:Color";

export interface ColorArgs {
  identity: ColorIdentity;
  region: string;
  /** The deployment that the platform describes. */
  facts: Platform["facts"];
  /** What the platform has in the region. */
  platform: PlatformRegion;
  jurisdiction: Platform["jurisdictions"][string];
  /** Ranges of the database subnets of the jurisdiction's regions. */
  databaseCidrs: readonly pulumi.Input<pulumi.Input<string>[]>[];
  release: { version: string; images: Readonly<Record<string, string>> };
  workloads: Workloads;
  /** Pods of each workload. */
  pods: Readonly<Record<string, PodCount>>;
  /** ARN of the target group of each routed workload, by name. */
  targetGroupArns: Readonly<Record<string, pulumi.Input<string>>>;
  /** Name of the pods that take from a workload's queues. */
  consumerName: (workload: string) => string;
}

/** One color in one region: its namespace, what may talk to it, and its workloads. */
export class Color extends pulumi.ComponentResource {
  public readonly namespace: pulumi.Output<string>;
  /** ARN of each workload's role, by the workload's name. */
  public readonly roleArns: Record<string, pulumi.Output<string>> = {};

  public constructor(name: string, args: ColorArgs, opts: pulumi.ComponentResourceOptions) {
    super(TOKEN, name, {}, opts);
    const { deployment, color } = args.identity;
    const fixedName = namespaceName(deployment, color);
    const labels = colorLabels(args.identity);
    this.namespace = new Namespace(`${name}-space`, { namespace: fixedName, labels }, { parent: this }).namespaceName;
    const policies = this.networkPolicies(name, args, labels);

    for (const [workload, config] of Object.entries(args.workloads)) {
      const { target } = config;
      const secrets = Object.fromEntries(
        config.access.secrets.map((secret) => [secret, args.platform.secrets[secret]!]),
      );
      this.roleArns[workload] = new Workload(
        `${name}-${workload}`,
        {
          identity: args.identity,
          region: args.region,
          namespaceName: fixedName,
          namespace: this.namespace,
          workload,
          version: args.release.version,
          image: regionalImage(args.release.images[workload]!, args.region),
          config,
          pods: args.pods[workload]!,
          settings: settings(args, config.access),
          policy: workloadPolicy(config.access, { ...awsAccess(args), secrets: Object.values(secrets) }),
          cluster: args.platform.cluster,
          secrets,
          consumerName: args.consumerName(workload),
          target:
            target === undefined
              ? undefined
              : { groupArn: args.targetGroupArns[workload]!, vpcId: args.platform.network.vpcId },
        },
        // No pod starts before the rules are there that close its namespace.
        { parent: this, dependsOn: policies },
      ).roleArn;
    }
    this.registerOutputs({ namespace: this.namespace, roleArns: this.roleArns });
  }

  private networkPolicies(name: string, args: ColorArgs, labels: Record<string, string>): NetworkPolicies {
    const { network, cache } = args.platform;
    const workloads = Object.entries(args.workloads);
    const clients = (store: "database" | "cache") =>
      workloads.flatMap(([workload, { access }]) => (access[store] ? [workload] : []));
    return new NetworkPolicies(
      `${name}-network`,
      {
        namespace: this.namespace,
        labels,
        workloads: Object.fromEntries(
          workloads.map(([workload, { port, metricsPort, target }]) => [
            workload,
            { port, metricsPort, routed: target !== undefined },
          ]),
        ),
        databaseClients: clients("database"),
        cache: { clients: clients("cache"), port: cache.port },
        vpcCidr: network.cidr,
        databaseCidrs: args.databaseCidrs,
      },
      { parent: this },
    );
  }
}

function awsAccess({ facts, region, platform, jurisdiction }: ColorArgs) {
  const { resourceId, user } = jurisdiction.database;
  return {
    account: facts.account,
    region,
    database: { region: jurisdiction.facts.primaryRegion, resourceId, user },
    cache: platform.cache,
    records: { bucketArn: platform.storage.recordsBucketArn },
    keyArn: platform.storage.keyArn,
  };
}

/** The environment of a workload: where it is, and where the things are that it may reach. */
function settings(args: ColorArgs, access: Workloads[string]["access"]): Record<string, pulumi.Input<string>> {
  const { facts, region, platform, jurisdiction, identity, release } = args;
  const { database } = jurisdiction;
  return {
    ENVIRONMENT: facts.environment,
    REGION: region,
    JURISDICTION: platform.facts.jurisdiction,
    COLOR: identity.color,
    RELEASE: release.version,
    APP_HOST: facts.hosts.app,
    STATIC_HOST: facts.hosts.static,
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
    ...(access.records !== "none" && { RECORDS_BUCKET: platform.storage.recordsBucket }),
    ...(access.ai && {
      AZURE_OPENAI_ENDPOINT: platform.ai.endpoint,
      AZURE_OPENAI_DEPLOYMENTS: pulumi.output(platform.ai.deployments).apply((names) => names.join(",")),
      AZURE_CLIENT_ID: platform.ai.clientId,
      AZURE_TENANT_ID: platform.ai.tenantId,
      AZURE_FEDERATED_TOKEN_FILE: AZURE_TOKEN_FILE,
      AZURE_AUTHORITY_HOST: "https://login.microsoftonline.com/",
    }),
  };
}
