import type { Json } from "../../../rollout/engine";
import type { Models, Value } from "../model";
import { arm, inGroup, systemData, SUCCEEDED } from "./arm";

/** Adds what AKS answers to what was asked for in one property. */
function and(property: string, answer: Record<string, string>): Record<string, Value> {
  return {
    [property]: (context) => ({
      ...(context.inputs[property] as Record<string, Json> | undefined),
      ...Object.fromEntries(
        Object.entries(answer).map(([key, value]) => [key, context.keep(`${property}.${key}`, value)]),
      ),
    }),
  };
}

/** AKS, and the encryption of its disks. */
export const cluster: Models = {
  "azure-native:containerservice:ManagedCluster": arm({
    type: "Microsoft.ContainerService/ManagedClusters",
    api: "2025-09-01",
    parent: inGroup("Microsoft.ContainerService/managedClusters"),
    name: { property: "resourceName", max: 63, pattern: /^[A-Za-z0-9]([\w-]*[A-Za-z0-9])?$/ },
    outputs: {
      ...SUCCEEDED,
      fqdn: "{dnsPrefix}-{alnum:8}.hcp.{location}.azmk8s.io",
      privateFQDN: "{dnsPrefix}-{alnum:8}.{uuid}.privatelink.{location}.azmk8s.io",
      nodeResourceGroup: "MC_{resourceGroupName}_{name}_{location}",
      azurePortalFQDN: "{uuid}.portal.hcp.{location}.azmk8s.io",
      eTag: "{uuid}",
      identityProfile: { kubeletidentity: { clientId: "{uuid}", objectId: "{uuid}" } },
      maxAgentPools: 100,
      powerState: { code: "Running" },
      resourceUID: "{hex:24}",
      systemData,
    },
    derived: {
      currentKubernetesVersion: "{kubernetesVersion}.4",
      ...and("oidcIssuerProfile", { issuerURL: "https://{location}.oic.prod-aks.azure.com/{tenant}/{uuid}/" }),
    },
  }),
  "azure-native:containerservice:AgentPool": arm({
    type: "Microsoft.ContainerService/managedClusters/agentPools",
    api: "2025-09-01",
    parent: inGroup("Microsoft.ContainerService/managedClusters/{resourceName}/agentPools"),
    name: { property: "agentPoolName", max: 12, pattern: /^[a-z][a-z0-9]*$/, invented: "p{alnum:7}" },
    outputs: { ...SUCCEEDED, eTag: "{uuid}", nodeImageVersion: "AKSAzureLinux-V3gen2-202611.10.0" },
    derived: { currentOrchestratorVersion: "{orchestratorVersion}.4" },
  }),
  "azure-native:containerservice:MaintenanceConfiguration": arm({
    type: "Microsoft.ContainerService/managedClusters/maintenanceConfigurations",
    api: "2025-09-01",
    parent: inGroup("Microsoft.ContainerService/managedClusters/{resourceName}/maintenanceConfigurations"),
    name: {
      property: "configName",
      max: 63,
      invented: "default",
      pattern: /^(default|aksManagedAutoUpgradeSchedule|aksManagedNodeOSUpgradeSchedule)$/,
    },
    outputs: { systemData },
  }),
  "azure-native:compute:DiskEncryptionSet": arm({
    type: "Microsoft.Compute/diskEncryptionSets",
    api: "2024-03-02",
    parent: inGroup("Microsoft.Compute/diskEncryptionSets"),
    name: { property: "diskEncryptionSetName", max: 80, pattern: /^[\w-]+$/ },
    outputs: { ...SUCCEEDED, lastKeyRotationTimestamp: "{now}", previousKeys: [], systemData },
  }),
};
