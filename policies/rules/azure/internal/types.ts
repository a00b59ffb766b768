/**
 * The type of a resource of azure-native, with the default version of its API or any that a program names:
 * `azure-native:keyvault:Vault` and `azure-native:keyvault/v20230701:Vault`.
 *
 * @param service - Services and names are parts of a regular expression: `redis|cache` stands for both, for those that
 *   moved between versions of the provider.
 */
export function azure(service: string, name: string): RegExp {
  return new RegExp(`^azure-native:(${service})(/v\\w+)?:(${name})$`);
}

export const AI_ACCOUNT = azure("cognitiveservices", "Account");
export const CLUSTER = azure("containerservice", "ManagedCluster");
export const NODE_POOL = azure("containerservice", "AgentPool");
export const VAULT = azure("keyvault", "Vault");
/** A flexible server: single servers were retired in March 2025. */
export const POSTGRES = azure("dbforpostgresql", "Server");
export const REDIS = azure("redis|cache", "Redis");
export const REDIS_ENTERPRISE = azure("redisenterprise|cache", "RedisEnterprise");
/** The `Database` of Redis Enterprise, which later versions of the provider moved. */
export const REDIS_DATABASE = azure("redisenterprise|cache", "Database");
export const STORAGE = azure("storage", "StorageAccount");
/** The edge: Front Door lies in the service `cdn`. */
export const EDGE = azure("cdn", "Profile");
export const EDGE_DOMAIN = azure("cdn", "AFDCustomDomain");
export const EDGE_ENDPOINT = azure("cdn", "AFDEndpoint");
/** The firewall of Front Door, in `network` before version 3 of the provider. */
export const EDGE_FIREWALL = azure("frontdoor|network", "Policy");
