import type { Outputs, Recorded } from "./recorder";
import type { Place, Watch } from "../../components/azure/place";

/** A place that components are made in. */
export const place: Place = {
  resourceGroupName: "school",
  location: "eastus2",
  tags: { owner: "platform", residency: "US" },
};

/** Who hears of what they see. */
export const watch: Watch = {
  workspaceId: "workspace",
  listeners: { critical: "critical-people", warning: "warning-people", info: "info-people" },
};

export const encryption = {
  keyUri: "https://vault/keys/data",
  keyVersionUri: "https://vault/keys/data/1",
  identityId: "encryption-identity",
};

/** What Azure adds to resources, as far as components read it. */
export const answers: Outputs = (type, name, inputs) => {
  switch (type) {
    case "azure-native:managedidentity:UserAssignedIdentity":
      return { clientId: `${name}-client`, principalId: `${name}-principal`, tenantId: "tenant" };
    case "azure-native:keyvault:Vault":
      return { properties: { ...inputs["properties"], vaultUri: "https://school.vault.azure.net/" } };
    case "azure-native:keyvault:Key":
      return {
        keyUri: "https://school.vault.azure.net/keys/data",
        keyUriWithVersion: "https://school.vault.azure.net/keys/data/1",
      };
    case "azure-native:containerservice:ManagedCluster":
      return {
        fqdn: "school.hcp.eastus2.azmk8s.io",
        nodeResourceGroup: "MC_school",
        identityProfile: { kubeletidentity: { objectId: "kubelets" } },
        oidcIssuerProfile: { enabled: true, issuerURL: "https://eastus2.oic.prod-aks.azure.com/tenant/issuer/" },
      };
    case "azure-native:cognitiveservices:Account":
      return { properties: { ...inputs["properties"], endpoint: "https://school.openai.azure.com/" } };
    case "azure-native:dbforpostgresql:Server":
      return { fullyQualifiedDomainName: `${inputs["serverName"]}.postgres.database.azure.com` };
    case "azure-native:redisenterprise:RedisEnterprise":
      return { hostName: "school.eastus2.redis.azure.net" };
    case "azure-native:storage:StorageAccount":
      return { primaryEndpoints: { blob: "https://schoolrecords.blob.core.windows.net/" } };
    case "azure-native:cdn:AFDEndpoint":
      return { hostName: "school.z01.azurefd.net" };
    case "azure-native:cdn:AFDCustomDomain":
      return { validationProperties: { validationToken: "token" } };
    case "azure-native:cdn:Profile":
      return { frontDoorId: "front-door" };
    case "azure-native:network:PublicIPAddress":
      return { ipAddress: "198.51.100.1" };
    case "azure-native:dns:Zone":
      return { nameServers: ["ns1.example."] };
    default:
      return {};
  }
};

/** The alerts of a recording: what they look at, when they fire, and who hears. */
export function alerts(resources: readonly Recorded[]): Record<string, { metric: string; fires: string; to: string }> {
  return Object.fromEntries(
    resources
      .filter(({ type }) => type === "azure-native:monitor:MetricAlert")
      .map(({ name, inputs }) => {
        const [criterion] = inputs["criteria"].allOf;
        return [
          name,
          {
            metric: criterion.metricName,
            fires: `${criterion.operator} ${criterion.threshold} over ${inputs["windowSize"]}`,
            to: inputs["actions"][0].actionGroupId,
          },
        ];
      }),
  );
}

/** Names of resources of a type that are not protected twice. */
export function unprotected(resources: readonly Recorded[], ...types: string[]): string[] {
  return resources
    .filter(({ type, protect, retainOnDelete }) => types.includes(type) && !(protect && retainOnDelete))
    .map(({ name }) => name);
}
