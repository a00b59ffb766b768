import type { Mutation } from "../../support/mutation";
import { mutate } from "../../support/mutate";
import * as made from "./fixtures";

const DOMAIN_ID = { id: "/subscriptions/s/domain" };
/** What a diagnostic setting writes the logs of. */
const LOGGED_ID = { id: "/subscriptions/s/subject" };
const DIAGNOSTIC = made.diagnostic();

const VAULT = made.vault({}, LOGGED_ID);
const ACCOUNT = made.aiAccount({}, LOGGED_ID);
const CLUSTER = made.cluster({}, LOGGED_ID);
const POSTGRES = made.postgres({}, LOGGED_ID);
const REDIS = made.redis({}, LOGGED_ID);
const PROFILE = made.edgeProfile({}, LOGGED_ID);
const DOMAIN = made.edgeDomain({}, DOMAIN_ID);
const SECURITY = made.securityPolicy();

const [DEPLOYMENT, POOL, ROUTE, FIREWALL] = [
  made.aiDeployment(),
  made.nodePool(),
  made.edgeRoute(),
  made.edgeFirewall(),
];
const [PARAMETER, REDIS_DATABASE, STORAGE, GROUP, NETWORK] = [
  made.parameter(),
  made.redisDatabase(),
  made.storage(),
  made.securityGroup(),
  made.network(),
];
const [WORKSPACE, CREDENTIAL, ASSIGNMENT] = [made.workspace(), made.credential(), made.roleAssignment()];

const OWNER = "/roleDefinitions/8e3af657-a8ff-443c-a75c-2fe8c4bcb635";

/** Mutations of every rule for Azure. */
export const azureMutations: readonly Mutation[] = [
  mutate("azure-vault-recoverable", [VAULT, DIAGNOSTIC], VAULT, { "properties.enablePurgeProtection": undefined }),
  mutate("azure-vault-rbac", [VAULT, DIAGNOSTIC], VAULT, { "properties.enableRbacAuthorization": false }),
  mutate("azure-vault-private", [VAULT, DIAGNOSTIC], VAULT, {
    "properties.publicNetworkAccess": "Enabled",
    "properties.networkAcls": undefined,
  }),
  mutate("azure-diagnostics", [VAULT, DIAGNOSTIC], DIAGNOSTIC),
  mutate("azure-diagnostics", [VAULT, DIAGNOSTIC], DIAGNOSTIC, { "logs[0].enabled": false }),
  mutate("azure-ai-no-keys", [ACCOUNT, DIAGNOSTIC], ACCOUNT, { "properties.disableLocalAuth": false }),
  mutate("azure-ai-private", [ACCOUNT, DIAGNOSTIC], ACCOUNT, {
    "properties.publicNetworkAccess": "Enabled",
    "properties.networkAcls.defaultAction": "Allow",
  }),
  mutate("azure-ai-outbound", [ACCOUNT, DIAGNOSTIC], ACCOUNT, {
    "properties.restrictOutboundNetworkAccess": undefined,
  }),
  mutate("azure-ai-customer-key", [ACCOUNT, DIAGNOSTIC], ACCOUNT, { "properties.encryption": undefined }),
  mutate("azure-ai-regional-deployment", [DEPLOYMENT], DEPLOYMENT, { "sku.name": "GlobalStandard" }),
  mutate("azure-aks-private", [CLUSTER, DIAGNOSTIC], CLUSTER, { apiServerAccessProfile: undefined }),
  mutate("azure-aks-network-policy", [CLUSTER, DIAGNOSTIC], CLUSTER, { "networkProfile.networkPolicy": undefined }),
  mutate("azure-aks-no-local-accounts", [CLUSTER, DIAGNOSTIC], CLUSTER, { disableLocalAccounts: undefined }),
  mutate("azure-aks-rbac", [CLUSTER, DIAGNOSTIC], CLUSTER, { enableRBAC: false }),
  mutate("azure-aks-disk-key", [CLUSTER, DIAGNOSTIC], CLUSTER, { diskEncryptionSetID: undefined }),
  mutate("azure-aks-zones", [CLUSTER, DIAGNOSTIC], CLUSTER, { "agentPoolProfiles[0].availabilityZones": ["1"] }),
  mutate("azure-aks-private-nodes", [POOL], POOL, { enableNodePublicIP: true }),
  mutate("azure-aks-version", [CLUSTER, DIAGNOSTIC], CLUSTER, { kubernetesVersion: "1.30" }),
  mutate("azure-aks-version-ending", [CLUSTER, DIAGNOSTIC], CLUSTER, { kubernetesVersion: "1.34" }),
  mutate("azure-edge-premium", [PROFILE, DIAGNOSTIC], PROFILE, { "sku.name": "Standard_AzureFrontDoor" }),
  mutate("azure-edge-tls", [DOMAIN, SECURITY], DOMAIN, { "tlsSettings.minimumTlsVersion": "TLS10" }),
  mutate("azure-edge-https", [ROUTE], ROUTE, { forwardingProtocol: "MatchRequest" }),
  mutate("azure-edge-firewall-prevents", [FIREWALL], FIREWALL, { "policySettings.mode": "Detection" }),
  mutate("azure-edge-firewall-attached", [DOMAIN, SECURITY], SECURITY, { "parameters.associations": [] }),
  mutate("azure-postgres-private", [POSTGRES, DIAGNOSTIC], POSTGRES, {
    "network.delegatedSubnetResourceId": undefined,
  }),
  mutate("azure-postgres-backup", [POSTGRES, DIAGNOSTIC], POSTGRES, { "backup.backupRetentionDays": 1 }),
  mutate("azure-postgres-zones", [POSTGRES, DIAGNOSTIC], POSTGRES, { highAvailability: undefined }),
  mutate("azure-postgres-no-passwords", [POSTGRES, DIAGNOSTIC], POSTGRES, { "authConfig.passwordAuth": "Enabled" }),
  mutate("azure-postgres-tls", [PARAMETER], PARAMETER, { value: "off" }),
  mutate("azure-redis-tls", [REDIS, DIAGNOSTIC], REDIS, { enableNonSslPort: true }),
  mutate("azure-redis-private", [REDIS, DIAGNOSTIC], REDIS, { publicNetworkAccess: undefined }),
  mutate("azure-redis-no-keys", [REDIS_DATABASE], REDIS_DATABASE, { accessKeysAuthentication: undefined }),
  mutate("azure-storage-tls", [STORAGE], STORAGE, { minimumTlsVersion: undefined }),
  mutate("azure-storage-no-keys", [STORAGE], STORAGE, { allowSharedKeyAccess: undefined }),
  mutate("azure-storage-no-public-blobs", [STORAGE], STORAGE, { allowBlobPublicAccess: undefined }),
  mutate("azure-storage-private", [STORAGE], STORAGE, { publicNetworkAccess: undefined }),
  mutate("azure-network-rule-narrow", [GROUP], GROUP, { "securityRules[0].sourceAddressPrefix": "*" }),
  mutate("azure-network-ddos", [NETWORK], NETWORK, { enableDdosProtection: undefined }),
  mutate("azure-log-retention", [WORKSPACE], WORKSPACE, { retentionInDays: 30 }),
  mutate("azure-federation-exact", [CREDENTIAL], CREDENTIAL, { subject: "system:serviceaccount:school:*" }),
  mutate("azure-role-narrow", [ASSIGNMENT], ASSIGNMENT, { roleDefinitionId: OWNER }),
];
