import type * as pulumi from "@pulumi/pulumi";
import type { AzureObservabilityConfig } from "../../stacks/config/azure/observability";
import { metricAlert } from "./metricAlert";
import type { Listeners } from "./place";

export interface ClusterAlertsArgs {
  resourceGroupName: pulumi.Input<string>;
  tags: Record<string, string>;
  clusterId: pulumi.Input<string>;
  clusterName: string;
  thresholds: AzureObservabilityConfig["thresholds"];
  listeners: Listeners;
}

/** Alerts on the nodes of a cluster, at the thresholds of the go-live plan, and on pods that do not come up. */
export function clusterAlerts(name: string, args: ClusterAlertsArgs, opts: pulumi.CustomResourceOptions): void {
  const { thresholds, clusterName } = args;
  const watch = (role: string, metric: string, what: string, threshold: number) =>
    metricAlert(
      `${name}-${role}`,
      {
        resourceGroupName: args.resourceGroupName,
        tags: args.tags,
        description: `${what} of the nodes of ${clusterName} is above ${threshold} %.`,
        scope: args.clusterId,
        namespace: "Microsoft.ContainerService/managedClusters",
        metric,
        statistic: "Average",
        when: "above",
        threshold,
        minutes: 5,
        to: "warning",
        listeners: args.listeners,
      },
      opts,
    );
  watch("cpu", "node_cpu_usage_percentage", "CPU", thresholds.cpuPercent);
  watch("memory", "node_memory_working_set_percentage", "Memory", thresholds.memoryPercent);
  watch("disk", "node_disk_usage_percentage", "Disk", thresholds.diskPercent);
  metricAlert(
    `${name}-pods`,
    {
      resourceGroupName: args.resourceGroupName,
      tags: args.tags,
      description: `Pods of ${clusterName} have failed.`,
      scope: args.clusterId,
      namespace: "Microsoft.ContainerService/managedClusters",
      metric: "kube_pod_status_phase",
      dimensions: { phase: ["Failed", "Unknown"] },
      statistic: "Average",
      when: "above",
      threshold: 0,
      minutes: 15,
      to: "warning",
      listeners: args.listeners,
    },
    opts,
  );
}
