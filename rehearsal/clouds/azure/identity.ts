import type { Models } from "../model";
import { arm, GROUP, systemData } from "./arm";

/** Resource groups, identities, roles and locks. */
export const identity: Models = {
  "azure-native:resources:ResourceGroup": arm({
    type: "Microsoft.Resources/resourceGroups",
    api: "2024-03-01",
    parent: "/subscriptions/{subscription}/resourceGroups",
    name: { property: "resourceGroupName", max: 90, pattern: /^[\w().-]*[\w()-]$/ },
    outputs: { properties: { provisioningState: "Succeeded" } },
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
};
