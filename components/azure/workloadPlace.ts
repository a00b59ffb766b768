import * as pulumi from "@pulumi/pulumi";
import type { AzurePlatform, AzurePlatformRegion } from "../../stacks/contract/platform/azure";
import type { Place } from "../kubernetes/color";
import type { MakeCredentials } from "../kubernetes/credentials";

export interface AzurePlaceArgs {
  region: string;
  /** The deployment that the platform describes. */
  facts: AzurePlatform["facts"];
  /** What the platform has in the region. */
  platform: AzurePlatformRegion;
  jurisdiction: AzurePlatform["jurisdictions"][string];
}

type Database = AzurePlatform["jurisdictions"][string]["database"];

/**
 * What the workloads of a color find in a region of Azure: identities of their own, PostgreSQL behind its pool, Managed Redis,
 * blobs, both accounts of Azure OpenAI, the key vault. Everything but the database is at a private endpoint.
 */
export function azurePlace(args: AzurePlaceArgs): Place {
  const { region, facts, platform, jurisdiction } = args;
  const { network, gateway, vault, cache } = platform;
  return {
    region,
    jurisdiction: platform.facts.jurisdiction,
    environment: facts.environment,
    appHost: facts.hosts.app,
    entry: [{ namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": gateway.namespace } } }],
    database: { at: [{ ipBlock: { cidr: network.databaseCidr } }], port: jurisdiction.database.poolPort },
    cache: { at: [{ ipBlock: { cidr: network.endpointCidr } }], port: cache.port },
    settings: (workload, access) => settings(args, workload, access),
    credentials: (workload) => identityCredentials(facts, platform, workload),
    secrets: (workload, names) => ({
      provider: {
        azurekv: { authType: "WorkloadIdentity", vaultUrl: vault.uri, serviceAccountRef: { name: workload } },
      },
      refs: Object.fromEntries(names.map((secret) => [secret, { key: vault.secrets[secret]! }])),
    }),
  };
}

/**
 * The credentials of a service account in AKS: the managed identity that its tokens are traded for. AKS itself mounts the token,
 * and says the rest, in pods that have the label.
 *
 * @param identity - Its name among the platform's.
 * @see https://azure.github.io/azure-workload-identity/docs/topics/service-account-labels-and-annotations.html
 */
export function identityCredentials(
  { tenantId }: Pick<AzurePlatform["facts"], "tenantId">,
  { identities }: Pick<AzurePlatformRegion, "identities">,
  identity: string,
): MakeCredentials {
  return () => ({
    annotations: {
      "azure.workload.identity/client-id": identities[identity]!.clientId,
      "azure.workload.identity/tenant-id": tenantId,
    },
    podLabels: { "azure.workload.identity/use": "true" },
  });
}

/** The environment of who connects to the database: there is no password, a token of the identity stands for it. */
export function connection(
  { endpoint, name }: Pick<Database, "endpoint" | "name">,
  port: pulumi.Input<number>,
  role: pulumi.Input<string>,
): Record<string, pulumi.Input<string>> {
  return {
    DATABASE_HOST: endpoint,
    DATABASE_PORT: pulumi.output(port).apply(String),
    DATABASE_NAME: name,
    DATABASE_USER: role,
    DATABASE_SSLMODE: "verify-full",
  };
}

/** Where the things are that a workload may reach. */
function settings(
  { platform, jurisdiction }: AzurePlaceArgs,
  workload: string,
  access: Parameters<Place["settings"]>[1],
): ReturnType<Place["settings"]> {
  const { cache, storage, ai } = platform;
  const { database } = jurisdiction;
  // A workload without an identity was refused before.
  const { principalId, databaseRole } = platform.identities[workload]!;
  const audits = platform.facts.identities[workload]!.includes("audit");
  return {
    ...(access.database && {
      ...connection(database, database.poolPort, databaseRole),
      DATABASE_READ_HOSTS: pulumi.all(Object.values(database.replicas)).apply((hosts) => hosts.join(",")),
    }),
    ...(access.cache && {
      CACHE_HOST: cache.endpoint,
      CACHE_PORT: pulumi.output(cache.port).apply(String),
      CACHE_USER: principalId,
      CACHE_TLS: "true",
    }),
    ...((access.records !== "none" || audits) && { BLOB_ENDPOINT: storage.blobEndpoint }),
    ...(access.records !== "none" && { RECORDS_CONTAINER: storage.records }),
    ...(audits && { AUDIT_CONTAINER: storage.audit }),
    ...(access.ai && {
      AZURE_OPENAI_ENDPOINT: ai.endpoint,
      AZURE_OPENAI_FALLBACK_ENDPOINT: ai.fallbackEndpoint,
      AZURE_OPENAI_DEPLOYMENTS: pulumi.output(ai.deployments).apply((names) => names.join(",")),
    }),
  };
}
