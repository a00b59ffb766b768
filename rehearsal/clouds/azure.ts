import type { Json } from "../../rollout/engine";
import type { Cloud } from "../engine/cloud";
import { text } from "../world/json";
import type { Context } from "./context";
import { inventUuid } from "./invent";
import type { Model, Models, NameRule, Value } from "./model";
import { TableCloud } from "./tableCloud";

/** The subscription of a provider that names none. */
const INVENTED_SUBSCRIPTION = inventUuid("azure subscription");
const GROUP = "/subscriptions/{subscription}/resourceGroups/{resourceGroupName}";

interface Arm {
  /** Resource provider and type, as in `Microsoft.CognitiveServices/accounts`. */
  type: string;
  /** Version of the API that the SDK speaks. */
  api: string;
  /** The identifier up to the name. */
  parent: string;
  name: NameRule;
  outputs?: Record<string, Value>;
  derived?: Record<string, Value>;
  checks?: Model["checks"];
}

/** Every resource of Azure's Resource Manager says who made it, and of what type it is. */
function arm({ type, api, parent, name, outputs, derived, checks }: Arm): Model {
  return {
    id: `${parent}/{name}`,
    scope: "global",
    name: { taken: "Conflict: {name} already exists", ...name },
    outputs: { azureApiVersion: api, name: "{name}", type, ...outputs },
    ...(derived === undefined ? {} : { derived }),
    ...(checks === undefined ? {} : { checks }),
  };
}

const systemData = {
  createdAt: "{now}",
  createdByType: "Application",
  lastModifiedAt: "{now}",
  lastModifiedByType: "Application",
};

/** Adds what Azure answers to the properties that were asked for. */
function withProperties(answer: (context: Context) => Record<string, Json>): { properties: Value } {
  return {
    properties: (context) => ({
      ...(context.inputs.properties as Record<string, Json> | undefined),
      ...answer(context),
    }),
  };
}

const models: Models = {
  "azure-native:resources:ResourceGroup": arm({
    type: "Microsoft.Resources/resourceGroups",
    api: "2024-03-01",
    parent: "/subscriptions/{subscription}/resourceGroups",
    name: { property: "resourceGroupName", max: 90, pattern: /^[\w().-]*[\w()-]$/ },
    outputs: { properties: { provisioningState: "Succeeded" } },
  }),
  "azure-native:cognitiveservices:Account": arm({
    type: "Microsoft.CognitiveServices/accounts",
    api: "2025-06-01",
    parent: `${GROUP}/providers/Microsoft.CognitiveServices/accounts`,
    name: { property: "accountName", max: 64, pattern: /^[a-zA-Z0-9][\w.-]+$/ },
    outputs: { etag: '"{uuid}"', systemData },
    derived: withProperties((context) => ({
      endpoint: `https://${context.text("properties.customSubDomainName") || context.name}.openai.azure.com/`,
      provisioningState: "Succeeded",
      dateCreated: context.fill("{now}", "dateCreated"),
    })),
  }),
  "azure-native:cognitiveservices:Deployment": arm({
    type: "Microsoft.CognitiveServices/accounts/deployments",
    api: "2025-06-01",
    parent: `${GROUP}/providers/Microsoft.CognitiveServices/accounts/{accountName}/deployments`,
    name: { property: "deploymentName", max: 64, pattern: /^[a-zA-Z0-9][\w.-]+$/ },
    outputs: { etag: '"{uuid}"', systemData },
    derived: withProperties(() => ({ provisioningState: "Succeeded" })),
  }),
  "azure-native:managedidentity:UserAssignedIdentity": arm({
    type: "Microsoft.ManagedIdentity/userAssignedIdentities",
    api: "2023-01-31",
    parent: `${GROUP}/providers/Microsoft.ManagedIdentity/userAssignedIdentities`,
    name: { property: "resourceName", max: 128, pattern: /^[a-zA-Z0-9][\w-]{2,}$/ },
    outputs: { clientId: "{uuid}", principalId: "{uuid}", tenantId: "{tenant}", systemData },
  }),
  "azure-native:managedidentity:FederatedIdentityCredential": arm({
    type: "Microsoft.ManagedIdentity/userAssignedIdentities/federatedIdentityCredentials",
    api: "2023-01-31",
    parent: `${GROUP}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/{resourceName}/federatedIdentityCredentials`,
    name: { property: "federatedIdentityCredentialResourceName", max: 120, pattern: /^[a-zA-Z0-9][\w-]{2,}$/ },
    outputs: { systemData },
  }),
  "azure-native:authorization:RoleAssignment": arm({
    type: "Microsoft.Authorization/roleAssignments",
    api: "2022-04-01",
    parent: "{scope}/providers/Microsoft.Authorization/roleAssignments",
    name: {
      property: "roleAssignmentName",
      max: 36,
      pattern: /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/,
      invented: "{uuid}",
      taken:
        "RoleAssignmentExists: The role assignment already exists. The ID of the existing role assignment is {name}.",
    },
    outputs: { createdBy: "{uuid}", createdOn: "{now}", updatedBy: "{createdBy}", updatedOn: "{now}", systemData },
  }),
  "azure-native:authorization:ManagementLockByScope": arm({
    type: "Microsoft.Authorization/locks",
    api: "2020-05-01",
    parent: "{scope}/providers/Microsoft.Authorization/locks",
    name: { property: "lockName", max: 260, pattern: /^[^<>%&:?/]+$/ },
    outputs: { systemData },
  }),
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
};

/** Azure. Its resources are found by their paths below a subscription. */
export const azure: Cloud = new TableCloud({
  package: "azure-native",
  models,
  nameSuffix: "{hex:8}",
  provider: ({ subscriptionId, tenantId }) => {
    const subscription = text(subscriptionId ?? INVENTED_SUBSCRIPTION);
    return { subscription, tenant: text(tenantId ?? inventUuid(`tenant of ${subscription}`)) };
  },
});
