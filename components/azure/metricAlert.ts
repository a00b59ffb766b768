import * as monitor from "@pulumi/azure-native/monitor";
import type * as pulumi from "@pulumi/pulumi";
import type { Listeners } from "./place";

/** Azure's severities, by who hears. */
const SEVERITY: Record<keyof Listeners, number> = { critical: 0, warning: 2, info: 3 };

export interface MetricAlertArgs {
  resourceGroupName: pulumi.Input<string>;
  tags: Record<string, string>;
  /** What has happened when the alert fires, for whom it wakes. */
  description: string;
  /** Resource whose metric is watched. */
  scope: pulumi.Input<string>;
  /** Type of the resource in Azure Monitor, such as `Microsoft.Cdn/profiles`. */
  namespace: string;
  metric: string;
  /** Values of dimensions that count, by dimension. @default - all */
  dimensions?: Record<string, string[]>;
  /** How the values of a window become one. */
  statistic: "Average" | "Maximum" | "Minimum" | "Total";
  /** Which side of the threshold is bad. */
  when: "above" | "below";
  threshold: number;
  /** Length of the window, minutes: one that Azure Monitor knows. */
  minutes: 1 | 5 | 15;
  /** Who hears. */
  to: keyof Listeners;
  listeners: Listeners;
}

/** An alert of Azure Monitor on one metric of one resource, looked at each minute. */
export function metricAlert(
  name: string,
  args: MetricAlertArgs,
  opts: pulumi.CustomResourceOptions,
): monitor.MetricAlert {
  // It stands nowhere, and holds no data that would have to stay somewhere.
  const { residency: _, ...tags } = args.tags;
  return new monitor.MetricAlert(
    name,
    {
      resourceGroupName: args.resourceGroupName,
      location: "global",
      description: args.description,
      enabled: true,
      severity: SEVERITY[args.to],
      scopes: [args.scope],
      evaluationFrequency: "PT1M",
      windowSize: `PT${args.minutes}M`,
      autoMitigate: true,
      criteria: {
        odataType: "Microsoft.Azure.Monitor.SingleResourceMultipleMetricCriteria",
        allOf: [
          {
            criterionType: "StaticThresholdCriterion",
            name: "threshold",
            metricNamespace: args.namespace,
            metricName: args.metric,
            operator: args.when === "above" ? "GreaterThan" : "LessThan",
            threshold: args.threshold,
            timeAggregation: args.statistic,
            dimensions: Object.entries(args.dimensions ?? {}).map(([dimension, values]) => ({
              name: dimension,
              operator: "Include",
              values,
            })),
          },
        ],
      },
      actions: [{ actionGroupId: args.listeners[args.to] }],
      tags,
    },
    opts,
  );
}
