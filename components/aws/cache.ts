import * as cloudwatch from "@pulumi/aws/cloudwatch";
import * as ec2 from "@pulumi/aws/ec2";
import * as elasticache from "@pulumi/aws/elasticache";
import { SecurityGroupIngressRule } from "@pulumi/aws/vpc";
import * as pulumi from "@pulumi/pulumi";
import type { CacheConfig } from "../../stacks/config/cache";
import { cacheAlarms } from "./cacheAlarms";
import { dataTags } from "./dataTags";

const TOKEN = "cutover:aws:Cache";

/** What the workloads may run: everything that is not administration or dangerous (FLUSHALL, CONFIG, KEYS...). */
const ACCESS = "on ~* &* +@all -@admin -@dangerous";

export interface CacheArgs {
  config: CacheConfig;
  /** Short name of the product: the cache user's name begins with it. */
  product: string;
  vpcId: pulumi.Input<string>;
  /** Database subnets: private, without a route to the internet, one per zone. */
  subnetIds: pulumi.Input<pulumi.Input<string>[]>;
  /** Security group that may connect: the cluster's. */
  clientSecurityGroupId: pulumi.Input<string>;
  /** Key that encrypts the nodes' data and snapshots. */
  keyArn: pulumi.Input<string>;
  /** Key that encrypts the logs; CloudWatch Logs may use it. */
  logKeyArn: pulumi.Input<string>;
  /** Days that the logs are kept: a value that CloudWatch Logs knows. */
  logRetentionDays: number;
  /** SNS topic of the region's alarms. */
  alarmTopicArn: pulumi.Input<string>;
  tags: Record<string, string>;
}

/**
 * A region's cache: ElastiCache for Valkey, one shard with replicas in other zones. Creates subnets, security group,
 * parameters, the user that workloads connect as, log groups, the replication group and its alarms.
 *
 * Workloads sign in through IAM (`elasticache:Connect` on the group and the user): there is no password to keep. The
 * user group holds this user only. Redis OSS wants a user named default in every group; Valkey does not, and nobody can
 * sign in without authentication.
 *
 * Cost: cache.r6g.xlarge about 0.33 dollars an hour and node. Failure: a lost node is replaced, and a replica takes
 * over, within seconds to minutes; the last second of writes can be lost.
 *
 * @stateful
 */
export class Cache extends pulumi.ComponentResource {
  /** Address that writes and reads; it follows a failover. */
  public readonly endpoint: pulumi.Output<string>;
  public readonly port: pulumi.Output<number>;
  /** Identifier of the group: what CloudWatch's metrics and IAM sign-in tokens name. */
  public readonly replicationGroupId: pulumi.Output<string>;
  public readonly replicationGroupArn: pulumi.Output<string>;
  public readonly userArn: pulumi.Output<string>;
  public readonly userName: pulumi.Output<string>;
  public readonly alarmArns: pulumi.Output<string>[];

  constructor(name: string, args: CacheArgs, opts?: pulumi.ComponentResourceOptions) {
    super(TOKEN, name, {}, opts);
    const { config, tags } = args;

    const subnets = new elasticache.SubnetGroup(
      `${name}-subnets`,
      { description: "The cache's subnets.", subnetIds: args.subnetIds, tags },
      { parent: this },
    );
    const access = new ec2.SecurityGroup(
      `${name}-access`,
      { description: "Valkey, from the cluster only.", vpcId: args.vpcId, tags },
      { parent: this },
    );
    new SecurityGroupIngressRule(
      `${name}-from-cluster`,
      {
        securityGroupId: access.id,
        referencedSecurityGroupId: args.clientSecurityGroupId,
        ipProtocol: "tcp",
        fromPort: config.port,
        toPort: config.port,
        description: "The region's cluster.",
        tags,
      },
      { parent: this },
    );
    const parameters = new elasticache.ParameterGroup(
      `${name}-parameters`,
      {
        description: "Sessions.",
        family: `valkey${config.engineVersion.split(".")[0]}`,
        parameters: [{ name: "maxmemory-policy", value: config.evictionPolicy }],
        tags,
      },
      { parent: this },
    );
    const userName = `${args.product}-workloads`;
    const user = new elasticache.User(
      `${name}-user`,
      // With IAM authentication, id and name have to be the same.
      { engine: "valkey", userId: userName, userName, authenticationMode: { type: "iam" }, accessString: ACCESS, tags },
      { parent: this },
    );
    const users = new elasticache.UserGroup(
      `${name}-users`,
      { engine: "valkey", userGroupId: `${args.product}-workloads`, userIds: [user.userId], tags },
      { parent: this },
    );
    const logs = (["slow-log", "engine-log"] as const).map((logType) => {
      const group = new cloudwatch.LogGroup(
        `${name}-${logType}`,
        {
          retentionInDays: args.logRetentionDays,
          kmsKeyId: args.logKeyArn,
          tags: dataTags(tags, "session", args.logRetentionDays),
        },
        { parent: this },
      );
      return { logType, logFormat: "json", destinationType: "cloudwatch-logs", destination: group.name };
    });
    const group = new elasticache.ReplicationGroup(
      `${name}-group`,
      {
        description: "User sessions.",
        engine: "valkey",
        engineVersion: config.engineVersion,
        nodeType: config.nodeType,
        numCacheClusters: config.nodes,
        port: config.port,
        parameterGroupName: parameters.name,
        subnetGroupName: subnets.name,
        securityGroupIds: [access.id],
        automaticFailoverEnabled: true,
        multiAzEnabled: true,
        atRestEncryptionEnabled: true,
        kmsKeyId: args.keyArn,
        transitEncryptionEnabled: true,
        transitEncryptionMode: "required",
        userGroupIds: [users.userGroupId],
        snapshotRetentionLimit: config.snapshots.keep,
        snapshotWindow: config.snapshots.window,
        finalSnapshotIdentifier: `${name}-final`,
        maintenanceWindow: config.maintenanceWindow,
        logDeliveryConfigurations: logs,
        tags: dataTags(tags, "session", config.snapshots.keep),
      },
      { parent: this, protect: true, retainOnDelete: true },
    );

    this.endpoint = group.primaryEndpointAddress;
    this.port = group.port.apply((port) => port ?? config.port);
    this.replicationGroupId = group.replicationGroupId;
    this.replicationGroupArn = group.arn;
    this.userArn = user.arn;
    this.userName = user.userName;
    this.alarmArns = cacheAlarms(
      name,
      { group: group.replicationGroupId, config, topicArn: args.alarmTopicArn, tags },
      { parent: this },
    );
    this.registerOutputs({
      endpoint: this.endpoint,
      port: this.port,
      replicationGroupId: this.replicationGroupId,
      replicationGroupArn: this.replicationGroupArn,
      userArn: this.userArn,
      userName: this.userName,
      alarmArns: this.alarmArns,
    });
  }
}
