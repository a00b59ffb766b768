import * as cloudwatch from "@pulumi/aws/cloudwatch";
import * as pulumi from "@pulumi/pulumi";
import type { CacheConfig } from "../../stacks/config/cache";

export interface CacheAlarmsArgs {
  /** Identifier of the replication group. */
  group: pulumi.Input<string>;
  config: CacheConfig;
  topicArn: pulumi.Input<string>;
  tags: Record<string, string>;
}

/**
 * The alarms of a replication group. Metrics are per node, so each alarm looks at the worst of them. Returns their ARNs.
 */
export function cacheAlarms(
  name: string,
  { group, config, topicArn, tags }: CacheAlarmsArgs,
  opts: pulumi.CustomResourceOptions,
): pulumi.Output<string>[] {
  const { alarms } = config;
  const nodes = Array.from({ length: config.nodes }, (_, index) => String(index + 1).padStart(3, "0"));
  const worst = (role: string, metricName: string, threshold: number, alarmDescription: string) =>
    new cloudwatch.MetricAlarm(
      `${name}-${role}-alarm`,
      {
        alarmDescription,
        comparisonOperator: "GreaterThanThreshold",
        threshold,
        evaluationPeriods: 3,
        // A node that is being replaced reports nothing; the others do.
        treatMissingData: "notBreaching",
        metricQueries: [
          { id: "worst", expression: "MAX(METRICS())", label: metricName, returnData: true },
          ...nodes.map((node) => ({
            id: `node${node}`,
            metric: {
              namespace: "AWS/ElastiCache",
              metricName,
              dimensions: { CacheClusterId: pulumi.interpolate`${group}-${node}` },
              period: 300,
              stat: "Maximum",
            },
            returnData: false,
          })),
        ],
        alarmActions: [topicArn],
        okActions: [topicArn],
        tags,
      },
      opts,
    ).arn;
  return [
    worst("cpu", "EngineCPUUtilization", alarms.cpuPercent, "The cache's thread has been busy for 15 minutes."),
    worst(
      "memory",
      "DatabaseMemoryUsagePercentage",
      alarms.memoryPercent,
      "The cache fills up: next, sessions are lost.",
    ),
    worst("connections", "CurrConnections", alarms.connections, "The cache runs out of connections."),
    worst(
      "lag",
      "ReplicationLag",
      alarms.replicaLagSeconds,
      "A replica of the cache is behind: a failover loses writes.",
    ),
  ];
}
