import * as monitor from "@pulumi/azure-native/monitor";
import type * as pulumi from "@pulumi/pulumi";
import type { AzureObservabilityConfig } from "../../stacks/config/azure/observability";
import { metricAlert, type MetricAlertArgs } from "./metricAlert";
import type { Listeners } from "./place";

const NAMESPACE = "Microsoft.Cdn/profiles";
/** Share of the probes below which the service counts as down, percent. */
const HEALTHY_PERCENT = 50;

/** Refused sign-ins. A new workspace has neither the table nor the column: an empty table beside it stands in for both. */
const REFUSED = `union isfuzzy=true
  (datatable(TimeGenerated: datetime, Category: string, httpStatusCode_s: string) []),
  AzureDiagnostics
| where Category == "FrontDoorAccessLog" and httpStatusCode_s in ("401", "403")`;

export interface FrontDoorAlertsArgs {
  resourceGroupName: pulumi.Input<string>;
  tags: Record<string, string>;
  profileId: pulumi.Input<string>;
  appHost: string;
  workspaceId: pulumi.Input<string>;
  /** Region of the workspace, where the query runs. */
  location: string;
  thresholds: AzureObservabilityConfig["thresholds"];
  listeners: Listeners;
}

/** Alerts on what users see, at the thresholds of the go-live plan: down, slow, erroneous; refused sign-ins; attacks. */
export function frontDoorAlerts(name: string, args: FrontDoorAlertsArgs, opts: pulumi.CustomResourceOptions): void {
  const { thresholds, appHost } = args;
  const common = {
    resourceGroupName: args.resourceGroupName,
    tags: args.tags,
    scope: args.profileId,
    namespace: NAMESPACE,
    listeners: args.listeners,
  };
  const alerts: Record<string, Omit<MetricAlertArgs, keyof typeof common>> = {
    down: {
      description: `${appHost} is down: fewer than ${HEALTHY_PERCENT} % of the health probes are answered.`,
      metric: "OriginHealthPercentage",
      statistic: "Average",
      when: "below",
      threshold: HEALTHY_PERCENT,
      minutes: 1,
      to: "critical",
    },
    slow: {
      description: `${appHost} answers in more than ${thresholds.webSeconds} seconds.`,
      metric: "OriginLatency",
      statistic: "Average",
      when: "above",
      threshold: thresholds.webSeconds * 1_000,
      minutes: 5,
      to: "warning",
    },
    errors: {
      description: `More than ${thresholds.errorPercent} % of the answers of ${appHost} are errors.`,
      metric: "Percentage5XX",
      statistic: "Average",
      when: "above",
      threshold: thresholds.errorPercent,
      minutes: 5,
      to: "warning",
    },
    blocked: {
      description: `The firewall blocks more than ${thresholds.blockedRequests} requests to ${appHost} in 15 minutes.`,
      metric: "WebApplicationFirewallRequestCount",
      dimensions: { Action: ["Block"] },
      statistic: "Total",
      when: "above",
      threshold: thresholds.blockedRequests,
      minutes: 15,
      to: "info",
    },
  };
  for (const [key, alert] of Object.entries(alerts)) {
    metricAlert(`${name}-${key}`, { ...common, ...alert }, opts);
  }
  new monitor.ScheduledQueryRule(
    `${name}-sign-ins`,
    {
      resourceGroupName: args.resourceGroupName,
      location: args.location,
      description: `More than ${thresholds.failedSignIns} sign-ins to ${appHost} were refused in 5 minutes.`,
      enabled: true,
      severity: 2,
      // Azure would try it against a workspace that has no logs yet.
      skipQueryValidation: true,
      scopes: [args.workspaceId],
      evaluationFrequency: "PT5M",
      windowSize: "PT5M",
      autoMitigate: true,
      criteria: {
        allOf: [
          {
            query: REFUSED,
            timeAggregation: "Count",
            operator: "GreaterThan",
            threshold: thresholds.failedSignIns,
            failingPeriods: { numberOfEvaluationPeriods: 1, minFailingPeriodsToAlert: 1 },
          },
        ],
      },
      actions: { actionGroups: [args.listeners.warning] },
      tags: args.tags,
    },
    opts,
  );
}
