import * as cloudwatch from "@pulumi/aws/cloudwatch";
import * as pulumi from "@pulumi/pulumi";
import type { InsightsConfig } from "../../stacks/config/observability";
import { Addon } from "./addon";
import { alarm } from "./alarm";
import { dataTags } from "./dataTags";
import type { OidcIdentity } from "./irsaRole";

const TOKEN = "cutover:aws:ContainerInsights";

/** What an alarm waits for, minutes. */
const MINUTES = 5;

export interface ContainerInsightsArgs {
  /** Name of the cluster. */
  clusterName: string;
  identity: OidcIdentity;
  config: InsightsConfig;
  /** Key of the log group. */
  logKeyArn: pulumi.Input<string>;
  logRetentionDays: number;
  /** SNS topic of the region's alarms. */
  alarmTopicArn: pulumi.Input<string>;
  tags: Record<string, string>;
}

/**
 * What the nodes and pods of a cluster use, as metrics of CloudWatch: CPU and memory by node, namespace and pod, and alarms
 * on the nodes. Creates EKS's add-on for it, with a role that may write metrics, and the log group that the metrics come
 * out of. Logs of containers are not collected by it.
 *
 * Cost: by observation, some dollars a month for each node and for each dozen of pods.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Container-Insights-setup-EKS-addon.html
 */
export class ContainerInsights extends pulumi.ComponentResource {
  public readonly alarmArns: pulumi.Output<string>[];

  constructor(name: string, args: ContainerInsightsArgs, opts?: pulumi.ComponentResourceOptions) {
    super(TOKEN, name, {}, opts);
    // The agent would make it, without a key and for ever.
    const group = new cloudwatch.LogGroup(
      `${name}-performance`,
      {
        name: `/aws/containerinsights/${args.clusterName}/performance`,
        kmsKeyId: args.logKeyArn,
        retentionInDays: args.logRetentionDays,
        deletionProtectionEnabled: true,
        tags: dataTags(args.tags, "audit-log", args.logRetentionDays),
      },
      { parent: this, protect: true, retainOnDelete: true },
    );
    new Addon(
      `${name}-agent`,
      {
        clusterName: args.clusterName,
        addon: "amazon-cloudwatch-observability",
        config: { values: { containerLogs: { enabled: false } } },
        role: {
          identity: args.identity,
          namespace: "amazon-cloudwatch",
          serviceAccount: "cloudwatch-agent",
          managedPolicyArns: ["arn:aws:iam::aws:policy/CloudWatchAgentServerPolicy"],
        },
      },
      { parent: this, dependsOn: group },
    );
    this.alarmArns = [
      { role: "cpu", metric: "node_cpu_utilization", threshold: args.config.cpuPercent, what: "CPU" },
      { role: "memory", metric: "node_memory_utilization", threshold: args.config.memoryPercent, what: "memory" },
    ].map(
      ({ role, metric, threshold, what }) =>
        alarm(
          `${name}-${role}-alarm`,
          {
            description: `The nodes use more than ${threshold} % of their ${what}.`,
            namespace: "ContainerInsights",
            metric,
            dimensions: { ClusterName: args.clusterName },
            statistic: "Average",
            when: "above",
            threshold,
            periodMinutes: MINUTES,
            periods: 1,
            silence: "bad",
            topicArn: args.alarmTopicArn,
            tags: args.tags,
          },
          { parent: this },
        ).arn,
    );
    this.registerOutputs({ alarmArns: this.alarmArns });
  }
}
