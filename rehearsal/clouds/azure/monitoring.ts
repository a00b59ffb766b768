import type { Models } from "../model";
import { arm, ETAG, GROUP, inGroup, systemData, SUCCEEDED } from "./arm";

/** Logs, alerts, notices and budgets. */
export const monitoring: Models = {
  "azure-native:monitor:DiagnosticSetting": arm({
    type: "Microsoft.Insights/diagnosticSettings",
    api: "2021-05-01-preview",
    parent: "{resourceUri}/providers/Microsoft.Insights/diagnosticSettings",
    name: { max: 260, pattern: /^[^*<>%:&?+\\/]+$/ },
    outputs: { systemData },
  }),
  "azure-native:operationalinsights:Workspace": arm({
    type: "Microsoft.OperationalInsights/workspaces",
    api: "2023-09-01",
    parent: `${GROUP}/providers/Microsoft.OperationalInsights/workspaces`,
    name: { property: "workspaceName", max: 63, pattern: /^[A-Za-z0-9][A-Za-z0-9-]{2,}[A-Za-z0-9]$/ },
    outputs: {
      customerId: "{uuid}",
      createdDate: "{now}",
      modifiedDate: "{now}",
      etag: '"{uuid}"',
      privateLinkScopedResources: [],
      provisioningState: "Succeeded",
      systemData,
    },
  }),
  "azure-native:monitor:ActionGroup": arm({
    type: "Microsoft.Insights/ActionGroups",
    api: "2024-10-01-preview",
    parent: inGroup("Microsoft.Insights/actionGroups"),
    name: { property: "actionGroupName", max: 260 },
    outputs: { systemData },
  }),
  "azure-native:monitor:MetricAlert": arm({
    type: "Microsoft.Insights/metricAlerts",
    api: "2018-03-01",
    parent: inGroup("Microsoft.Insights/metricAlerts"),
    name: { property: "ruleName", max: 260, pattern: /^[^:@*#<>+/%&\\?]*[^:@*#<>+/%&\\?. ]$/ },
    outputs: { lastUpdatedTime: "{now}", isMigrated: false },
  }),
  "azure-native:monitor:ScheduledQueryRule": arm({
    type: "Microsoft.Insights/scheduledQueryRules",
    api: "2025-01-01-preview",
    parent: inGroup("Microsoft.Insights/scheduledQueryRules"),
    name: { property: "ruleName", max: 260 },
    outputs: {
      ...ETAG,
      createdWithApiVersion: "2025-01-01-preview",
      isLegacyLogAnalyticsRule: false,
      isWorkspaceAlertsStorageConfigured: false,
      systemData,
    },
  }),
  "azure-native:monitor:ActivityLogAlert": arm({
    type: "Microsoft.Insights/ActivityLogAlerts",
    api: "2020-10-01",
    parent: inGroup("Microsoft.Insights/activityLogAlerts"),
    name: { property: "activityLogAlertName", max: 260 },
  }),
  "azure-native:monitor:DataCollectionRule": arm({
    type: "Microsoft.Insights/dataCollectionRules",
    api: "2022-06-01",
    parent: inGroup("Microsoft.Insights/dataCollectionRules"),
    name: { property: "dataCollectionRuleName", max: 64, pattern: /^[A-Za-z0-9][\w.-]*$/ },
    outputs: { ...ETAG, ...SUCCEEDED, immutableId: "dcr-{hex:32}", metadata: {}, systemData },
  }),
  "azure-native:monitor:DataCollectionRuleAssociation": arm({
    type: "Microsoft.Insights/dataCollectionRuleAssociations",
    api: "2022-06-01",
    parent: "{resourceUri}/providers/Microsoft.Insights/dataCollectionRuleAssociations",
    name: { property: "associationName", max: 64 },
    outputs: { ...ETAG, ...SUCCEEDED, metadata: {}, systemData },
  }),
  "azure-native:eventgrid:SystemTopic": arm({
    type: "Microsoft.EventGrid/systemTopics",
    api: "2025-02-15",
    parent: inGroup("Microsoft.EventGrid/systemTopics"),
    name: { property: "systemTopicName", max: 128, pattern: /^[A-Za-z0-9-]{3,}$/ },
    outputs: { ...SUCCEEDED, metricResourceId: "{uuid}", systemData },
  }),
  "azure-native:eventgrid:SystemTopicEventSubscription": arm({
    type: "Microsoft.EventGrid/systemTopics/eventSubscriptions",
    api: "2025-02-15",
    parent: inGroup("Microsoft.EventGrid/systemTopics/{systemTopicName}/eventSubscriptions"),
    name: { property: "eventSubscriptionName", max: 64, pattern: /^[A-Za-z0-9-]{3,}$/ },
    outputs: { ...SUCCEEDED, topic: inGroup("Microsoft.EventGrid/systemTopics/{systemTopicName}"), systemData },
  }),
  "azure-native:consumption:Budget": arm({
    type: "Microsoft.Consumption/budgets",
    api: "2024-08-01",
    parent: "{scope}/providers/Microsoft.Consumption/budgets",
    name: { property: "budgetName", max: 63, pattern: /^[\w-]+$/ },
    outputs: { eTag: '"{hex:16}"', currentSpend: { amount: 0, unit: "USD" }, systemData },
  }),
};
