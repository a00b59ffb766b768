import * as monitor from "@pulumi/azure-native/monitor";
import type * as pulumi from "@pulumi/pulumi";
import type { Place } from "./place";

/** What containers write, and events of the cluster. Metrics are Prometheus' and the platform's own. */
const STREAMS = ["Microsoft-ContainerLogV2", "Microsoft-KubeEvents", "Microsoft-KubePodInventory"];

export interface ContainerLogsArgs extends Place {
  clusterId: pulumi.Input<string>;
  workspaceId: pulumi.Input<string>;
}

/** Sends what the containers of a cluster write to the workspace: a rule of Container Insights, and the cluster it is for. */
export function containerLogs(name: string, args: ContainerLogsArgs, opts: pulumi.CustomResourceOptions): void {
  const rule = new monitor.DataCollectionRule(
    `${name}-rule`,
    {
      resourceGroupName: args.resourceGroupName,
      location: args.location,
      kind: "Linux",
      dataSources: {
        extensions: [
          {
            name: "ContainerInsightsExtension",
            extensionName: "ContainerInsights",
            streams: STREAMS,
            extensionSettings: {
              dataCollectionSettings: { interval: "1m", namespaceFilteringMode: "Off", enableContainerLogV2: true },
            },
          },
        ],
      },
      destinations: { logAnalytics: [{ name: "workspace", workspaceResourceId: args.workspaceId }] },
      dataFlows: [{ streams: STREAMS, destinations: ["workspace"] }],
      tags: args.tags,
    },
    opts,
  );
  new monitor.DataCollectionRuleAssociation(
    `${name}-association`,
    {
      resourceUri: args.clusterId,
      associationName: "ContainerInsightsExtension",
      dataCollectionRuleId: rule.id,
      description: "Logs of the containers of this cluster.",
    },
    opts,
  );
}
