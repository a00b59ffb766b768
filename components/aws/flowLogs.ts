import * as cloudwatch from "@pulumi/aws/cloudwatch";
import * as ec2 from "@pulumi/aws/ec2";
import * as iam from "@pulumi/aws/iam";
import * as pulumi from "@pulumi/pulumi";
import type { NetworkConfig } from "../../stacks/config/network";
import { dataTags } from "./dataTags";

const TOKEN = "cutover:aws:FlowLogs";

export interface FlowLogsArgs {
  vpcId: pulumi.Input<string>;
  region: string;
  account: string;
  config: NetworkConfig["flowLogs"];
  /** Key of the log group. */
  logKeyArn: pulumi.Input<string>;
  /** Tags of the log group: owner, residency. */
  tags: Record<string, string>;
}

/**
 * A record of the traffic of a VPC, accepted and rejected: evidence after an incident, and the first place to look
 * when a packet does not arrive. Creates an encrypted log group, the role that writes to it, and the flow log.
 *
 * @stateful
 */
export class FlowLogs extends pulumi.ComponentResource {
  public readonly logGroupName: pulumi.Output<string>;

  constructor(name: string, args: FlowLogsArgs, opts?: pulumi.ComponentResourceOptions) {
    super(TOKEN, name, {}, opts);

    const logs = new cloudwatch.LogGroup(
      `${name}-logs`,
      {
        kmsKeyId: args.logKeyArn,
        retentionInDays: args.config.retentionDays,
        deletionProtectionEnabled: true,
        tags: dataTags(args.tags, "audit-log", args.config.retentionDays),
      },
      { parent: this, protect: true, retainOnDelete: true },
    );
    const role = new iam.Role(
      `${name}-role`,
      {
        description: "Writes the flow logs of a VPC.",
        assumeRolePolicy: pulumi.jsonStringify({
          Version: "2012-10-17",
          Statement: [
            {
              Effect: "Allow",
              Principal: { Service: "vpc-flow-logs.amazonaws.com" },
              Action: "sts:AssumeRole",
              Condition: {
                StringEquals: { "aws:SourceAccount": args.account },
                ArnLike: { "aws:SourceArn": `arn:aws:ec2:${args.region}:${args.account}:vpc-flow-log/*` },
              },
            },
          ],
        }),
      },
      { parent: this },
    );
    const policy = new iam.RolePolicy(
      `${name}-policy`,
      {
        role: role.name,
        policy: pulumi.jsonStringify({
          Version: "2012-10-17",
          Statement: [
            {
              Effect: "Allow",
              Action: ["logs:CreateLogStream", "logs:DescribeLogStreams", "logs:PutLogEvents"],
              Resource: [logs.arn, pulumi.interpolate`${logs.arn}:*`],
            },
            // Listing log groups knows no narrower resource.
            { Effect: "Allow", Action: "logs:DescribeLogGroups", Resource: "*" },
          ],
        }),
      },
      { parent: this },
    );
    new ec2.FlowLog(
      `${name}-log`,
      {
        vpcId: args.vpcId,
        trafficType: "ALL",
        logDestinationType: "cloud-watch-logs",
        logDestination: logs.arn,
        iamRoleArn: role.arn,
        maxAggregationInterval: args.config.intervalSeconds,
        tags: { Name: name },
      },
      { parent: this, dependsOn: [policy] },
    );

    this.logGroupName = logs.name;
    this.registerOutputs({ logGroupName: this.logGroupName });
  }
}
