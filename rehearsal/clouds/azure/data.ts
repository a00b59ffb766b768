import { CloudError } from "../../engine/cloud";
import type { Check, Models } from "../model";
import { arm, ETAG, inGroup, systemData, SUCCEEDED, withProperties } from "./arm";

const POSTGRES = "Microsoft.DBforPostgreSQL/flexibleServers";
const STORAGE = "Microsoft.Storage/storageAccounts";
const REDIS = "Microsoft.Cache/redisEnterprise";
const VAULT = "Microsoft.KeyVault/vaults";

/** A server that nobody could enter is refused. */
const hasAuthentication: Check = (context) => {
  const auth = ["activeDirectoryAuth", "passwordAuth"].map((kind) => context.text(`authConfig.${kind}`));
  if (auth.every((state) => state === "Disabled")) {
    throw new CloudError("InvalidAuthConfig: at least one way of authentication must be enabled");
  }
};

/** A replica has no standby of its own. */
const replicaAlone: Check = (context) => {
  if (context.text("createMode") === "Replica" && context.text("highAvailability.mode") === "ZoneRedundant") {
    throw new CloudError("ReplicaHighAvailabilityNotSupported: a read replica cannot have high availability");
  }
};

/** Where data lies: databases, caches, blobs, keys. */
export const data: Models = {
  "azure-native:dbforpostgresql:Server": arm({
    type: POSTGRES,
    api: "2025-08-01",
    parent: inGroup(POSTGRES),
    name: {
      property: "serverName",
      max: 63,
      pattern: /^[a-z0-9][a-z0-9-]+[a-z0-9]$/,
      taken: "ServerNameAlreadyExists: Specified server name '{name}' is already used.",
    },
    outputs: {
      fullyQualifiedDomainName: "{name}.postgres.database.azure.com",
      minorVersion: "6",
      state: "Ready",
      replicaCapacity: 5,
      privateEndpointConnections: [],
      systemData,
    },
    checks: [hasAuthentication, replicaAlone],
  }),
  "azure-native:dbforpostgresql:Configuration": arm({
    type: `${POSTGRES}/configurations`,
    api: "2025-08-01",
    parent: inGroup(`${POSTGRES}/{serverName}/configurations`),
    name: { property: "configurationName", max: 128 },
    outputs: {
      isReadOnly: false,
      isDynamicConfig: true,
      isConfigPendingRestart: false,
      dataType: "String",
      systemData,
    },
  }),
  "azure-native:dbforpostgresql:AdministratorsMicrosoftEntra": arm({
    type: `${POSTGRES}/administrators`,
    api: "2025-08-01",
    parent: inGroup(`${POSTGRES}/{serverName}/administrators`),
    name: { property: "objectId", max: 36 },
    outputs: { systemData },
  }),
  "azure-native:dbforpostgresql:Database": arm({
    type: `${POSTGRES}/databases`,
    api: "2025-08-01",
    parent: inGroup(`${POSTGRES}/{serverName}/databases`),
    name: { property: "databaseName", max: 63 },
    outputs: { systemData },
  }),
  "azure-native:redisenterprise:RedisEnterprise": arm({
    type: REDIS,
    api: "2025-07-01",
    parent: inGroup(REDIS),
    name: { property: "clusterName", max: 60, pattern: /^(?!.*--)[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?$/ },
    outputs: {
      ...SUCCEEDED,
      hostName: "{name}.{location}.redis.azure.net",
      redisVersion: "7.4",
      resourceState: "Running",
      redundancyMode: "ZR",
      kind: "v2",
      privateEndpointConnections: [],
    },
  }),
  "azure-native:redisenterprise:Database": arm({
    type: `${REDIS}/databases`,
    api: "2025-07-01",
    parent: inGroup(`${REDIS}/{clusterName}/databases`),
    name: { property: "databaseName", max: 60, pattern: /^default$/, invented: "default" },
    outputs: { ...SUCCEEDED, redisVersion: "7.4", resourceState: "Running", systemData },
  }),
  "azure-native:redisenterprise:AccessPolicyAssignment": arm({
    type: `${REDIS}/databases/accessPolicyAssignments`,
    api: "2025-07-01",
    parent: inGroup(`${REDIS}/{clusterName}/databases/{databaseName}/accessPolicyAssignments`),
    name: { property: "accessPolicyAssignmentName", max: 60, pattern: /^[A-Za-z0-9]+$/ },
    outputs: { ...SUCCEEDED },
  }),
  "azure-native:storage:StorageAccount": arm({
    type: STORAGE,
    api: "2024-01-01",
    parent: inGroup(STORAGE),
    name: {
      property: "accountName",
      max: 24,
      pattern: /^[a-z0-9]{3,24}$/,
      taken: "StorageAccountAlreadyTaken: The storage account named {name} is already taken.",
    },
    outputs: {
      ...SUCCEEDED,
      creationTime: "{now}",
      primaryLocation: "{location}",
      accountMigrationInProgress: false,
      failoverInProgress: false,
      isSkuConversionBlocked: false,
      keyCreationTime: { key1: "{now}", key2: "{now}" },
      statusOfPrimary: "available",
      primaryEndpoints: { blob: "https://{name}.blob.core.windows.net/", dfs: "https://{name}.dfs.core.windows.net/" },
      privateEndpointConnections: [],
    },
  }),
  "azure-native:storage:BlobServiceProperties": arm({
    type: `${STORAGE}/blobServices`,
    api: "2024-01-01",
    parent: inGroup(`${STORAGE}/{accountName}/blobServices`),
    name: { property: "blobServicesName", max: 7, pattern: /^default$/, invented: "default" },
  }),
  "azure-native:storage:BlobContainer": arm({
    type: `${STORAGE}/blobServices/containers`,
    api: "2024-01-01",
    parent: inGroup(`${STORAGE}/{accountName}/blobServices/default/containers`),
    name: { property: "containerName", max: 63, pattern: /^(?!.*--)[a-z0-9][a-z0-9-]+[a-z0-9]$/ },
    outputs: {
      ...ETAG,
      lastModifiedTime: "{now}",
      leaseState: "Available",
      leaseStatus: "Unlocked",
      deleted: false,
      hasImmutabilityPolicy: false,
      hasLegalHold: false,
      remainingRetentionDays: 0,
    },
  }),
  "azure-native:storage:BlobContainerImmutabilityPolicy": arm({
    type: `${STORAGE}/blobServices/containers/immutabilityPolicies`,
    api: "2024-01-01",
    parent: inGroup(`${STORAGE}/{accountName}/blobServices/default/containers/{containerName}/immutabilityPolicies`),
    name: { property: "immutabilityPolicyName", max: 7, pattern: /^default$/, invented: "default" },
    outputs: { ...ETAG, state: "Unlocked" },
  }),
  "azure-native:storage:ManagementPolicy": arm({
    type: `${STORAGE}/managementPolicies`,
    api: "2024-01-01",
    parent: inGroup(`${STORAGE}/{accountName}/managementPolicies`),
    name: { property: "managementPolicyName", max: 7, pattern: /^default$/, invented: "default" },
    outputs: { lastModifiedTime: "{now}" },
  }),
  "azure-native:keyvault:Vault": arm({
    type: VAULT,
    api: "2024-11-01",
    parent: inGroup(VAULT),
    name: {
      property: "vaultName",
      max: 24,
      pattern: /^(?!.*--)[A-Za-z][A-Za-z0-9-]+[A-Za-z0-9]$/,
      taken: "VaultAlreadyExists: The vault name '{name}' is already in use.",
    },
    outputs: { systemData },
    derived: withProperties((context) => ({
      ...SUCCEEDED,
      vaultUri: `https://${context.name}.vault.azure.net/`,
    })),
  }),
  "azure-native:keyvault:Secret": arm({
    type: `${VAULT}/secrets`,
    api: "2024-11-01",
    parent: inGroup(`${VAULT}/{vaultName}/secrets`),
    name: { property: "secretName", max: 127, pattern: /^[A-Za-z0-9-]+$/ },
    // Azure tells nobody the value again.
    derived: withProperties((context) => ({
      value: null,
      attributes: { enabled: true },
      secretUri: `https://${context.text("vaultName")}.vault.azure.net/secrets/${context.name}`,
    })),
  }),
  "azure-native:keyvault:Key": arm({
    type: `${VAULT}/keys`,
    api: "2024-11-01",
    parent: inGroup(`${VAULT}/{vaultName}/keys`),
    name: { property: "keyName", max: 127, pattern: /^[A-Za-z0-9-]+$/ },
    outputs: {
      kty: "{properties.kty}",
      keySize: "{properties.keySize}",
      keyOps: "{properties.keyOps}",
      rotationPolicy: "{properties.rotationPolicy}",
      attributes: { enabled: true },
      keyUri: "https://{vaultName}.vault.azure.net/keys/{name}",
      keyUriWithVersion: "https://{vaultName}.vault.azure.net/keys/{name}/{hex:32}",
    },
  }),
};
