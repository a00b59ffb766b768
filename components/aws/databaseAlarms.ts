import type * as pulumi from "@pulumi/pulumi";
import type { DatabaseConfig } from "../../stacks/config/database";
import { alarm, type AlarmArgs } from "./alarm";

const GIB = 1024 ** 3;

export interface DatabaseAlarmsArgs {
  identifier: pulumi.Input<string>;
  thresholds: DatabaseConfig["alarms"];
  /** Whether the instance follows another one. */
  replicates: boolean;
  topicArn: pulumi.Input<string>;
  tags: Record<string, string>;
}

/** The alarms of one instance: load, storage, connections and, for a replica, how far it is behind. Returns their ARNs. */
export function databaseAlarms(
  name: string,
  { identifier, thresholds, replicates, topicArn, tags }: DatabaseAlarmsArgs,
  opts: pulumi.CustomResourceOptions,
): pulumi.Output<string>[] {
  const make = (role: string, args: Omit<AlarmArgs, "namespace" | "dimensions" | "topicArn" | "tags">) =>
    alarm(
      `${name}-${role}-alarm`,
      { ...args, namespace: "AWS/RDS", dimensions: { DBInstanceIdentifier: identifier }, topicArn, tags },
      opts,
    ).arn;
  return [
    make("cpu", {
      description: "The database's CPU has been busy for 15 minutes.",
      metric: "CPUUtilization",
      statistic: "Average",
      when: "above",
      threshold: thresholds.cpuPercent,
      periodMinutes: 5,
      periods: 3,
      silence: "bad",
    }),
    make("storage", {
      description: "The database runs out of storage, and does not grow by itself.",
      metric: "FreeStorageSpace",
      statistic: "Minimum",
      when: "below",
      threshold: thresholds.freeStorageGiB * GIB,
      periodMinutes: 5,
      periods: 1,
      silence: "fine",
    }),
    make("connections", {
      description: "The database runs out of connections.",
      metric: "DatabaseConnections",
      statistic: "Maximum",
      when: "above",
      threshold: thresholds.connections,
      periodMinutes: 5,
      periods: 1,
      silence: "fine",
    }),
    ...(replicates
      ? [
          make("lag", {
            description: "The replica is behind: promoted now, it would lose this much. The objective is 15 minutes.",
            metric: "ReplicaLag",
            statistic: "Maximum",
            when: "above",
            threshold: thresholds.replicaLagSeconds,
            periodMinutes: 1,
            periods: 5,
            silence: "bad",
          }),
        ]
      : []),
  ];
}
