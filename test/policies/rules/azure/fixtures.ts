import type { ValueMap } from "../../../../pulumi/values";
import { changed, type Changes } from "../../support/change";
import { draft, type Draft } from "../../support/draft";

type Fixture = (changes?: Changes, more?: Partial<Draft>) => Draft;

/** Makes a resource that every rule passes; changes are by path. */
function fixture(type: string, name: string, inputs: ValueMap): Fixture {
  return (changes = {}, more = {}) => draft(`azure-native:${type}`, changed(inputs, changes), { name, ...more });
}

/** The same resource of a version of the API that a program names. */
export function versioned(one: Draft): Draft {
  return { ...one, type: one.type.replace(/^azure-native:(\w+):/, "azure-native:$1/v20240101:") };
}

const CLOSED = { publicNetworkAccess: "Disabled", networkAcls: { defaultAction: "Deny", ipRules: [] } };

export const vault = fixture("keyvault:Vault", "vault", {
  properties: { enablePurgeProtection: true, enableSoftDelete: true, enableRbacAuthorization: true, ...CLOSED },
});

export const aiAccount = fixture("cognitiveservices:Account", "account", {
  kind: "OpenAI",
  properties: {
    disableLocalAuth: true,
    restrictOutboundNetworkAccess: true,
    encryption: { keySource: "Microsoft.KeyVault" },
    ...CLOSED,
  },
});

export const aiDeployment = fixture("cognitiveservices:Deployment", "deployment", {
  sku: { name: "Standard", capacity: 10 },
});

const POOL = { name: "general", availabilityZones: ["1", "2", "3"], enableNodePublicIP: false };

export const cluster = fixture("containerservice:ManagedCluster", "cluster", {
  kubernetesVersion: "1.36",
  apiServerAccessProfile: { enablePrivateCluster: true },
  networkProfile: { networkPolicy: "cilium" },
  disableLocalAccounts: true,
  enableRBAC: true,
  aadProfile: { managed: true, enableAzureRBAC: true },
  diskEncryptionSetID: "/subscriptions/s/diskEncryptionSets/d",
  agentPoolProfiles: [POOL],
});

export const nodePool = fixture("containerservice:AgentPool", "pool", { ...POOL, orchestratorVersion: "1.36" });

export const edgeProfile = fixture("cdn:Profile", "profile", { sku: { name: "Premium_AzureFrontDoor" } });

export const edgeDomain = fixture("cdn:AFDCustomDomain", "domain", {
  hostName: "app.example.com",
  tlsSettings: { certificateType: "ManagedCertificate", minimumTlsVersion: "TLS12" },
});

export const edgeRoute = fixture("cdn:Route", "route", {
  httpsRedirect: "Enabled",
  forwardingProtocol: "HttpsOnly",
  supportedProtocols: ["Http", "Https"],
});

export const edgeFirewall = fixture("frontdoor:Policy", "firewall", {
  policySettings: { mode: "Prevention", enabledState: "Enabled" },
  managedRules: { managedRuleSets: [{ ruleSetType: "Microsoft_DefaultRuleSet", ruleSetVersion: "2.1" }] },
});

export const securityPolicy = fixture("cdn:SecurityPolicy", "security", {
  parameters: {
    type: "WebApplicationFirewall",
    wafPolicy: { id: "/subscriptions/s/firewall" },
    associations: [{ domains: [{ id: "/subscriptions/s/domain" }], patternsToMatch: ["/*"] }],
  },
});

export const postgres = fixture("dbforpostgresql:Server", "server", {
  version: "17",
  network: { delegatedSubnetResourceId: "/subscriptions/s/subnet" },
  backup: { backupRetentionDays: 35 },
  highAvailability: { mode: "ZoneRedundant" },
  authConfig: { activeDirectoryAuth: "Enabled", passwordAuth: "Disabled" },
});

export const parameter = fixture("dbforpostgresql:Configuration", "parameter", {
  configurationName: "require_secure_transport",
  value: "on",
});

export const redis = fixture("redis:Redis", "redis", {
  enableNonSslPort: false,
  minimumTlsVersion: "1.2",
  publicNetworkAccess: "Disabled",
  disableAccessKeyAuthentication: true,
});

export const redisEnterprise = fixture("redisenterprise:RedisEnterprise", "redis", {
  minimumTlsVersion: "1.2",
  publicNetworkAccess: "Disabled",
});

export const redisDatabase = fixture("redisenterprise:Database", "database", {
  clientProtocol: "Encrypted",
  accessKeysAuthentication: "Disabled",
});

export const storage = fixture("storage:StorageAccount", "storage", {
  enableHttpsTrafficOnly: true,
  minimumTlsVersion: "TLS1_2",
  allowSharedKeyAccess: false,
  allowBlobPublicAccess: false,
  publicNetworkAccess: "Disabled",
});

const RULE = {
  access: "Allow",
  direction: "Inbound",
  protocol: "Tcp",
  priority: 100,
  sourceAddressPrefix: "10.0.0.0/8",
  destinationPortRange: "5432",
};

export const securityGroup = fixture("network:NetworkSecurityGroup", "group", { securityRules: [RULE] });

export const securityRule = fixture("network:SecurityRule", "rule", RULE);

export const network = fixture("network:VirtualNetwork", "network", {
  enableDdosProtection: true,
  ddosProtectionPlan: { id: "/subscriptions/s/plan" },
});

export const diagnostic = fixture("monitor:DiagnosticSetting", "diagnostic", {
  resourceUri: "/subscriptions/s/subject",
  workspaceId: "/subscriptions/s/workspace",
  logs: [{ categoryGroup: "allLogs", enabled: true }],
});

export const workspace = fixture("operationalinsights:Workspace", "workspace", { retentionInDays: 365 });

export const credential = fixture("managedidentity:FederatedIdentityCredential", "credential", {
  issuer: "https://oidc.eks.eu-west-1.amazonaws.com/id/A",
  subject: "system:serviceaccount:school-blue:api",
  audiences: ["api://AzureADTokenExchange"],
});

const ROLES = "/subscriptions/s/providers/Microsoft.Authorization/roleDefinitions";

/** @param role - The identifier of the role; by default the one that calls models of OpenAI. */
export const roleAssignment = (role = "5e0bd9bd-7b93-4f28-af87-19fc36ad61bd"): Draft =>
  draft("azure-native:authorization:RoleAssignment", { roleDefinitionId: `${ROLES}/${role}` }, { name: "assignment" });
