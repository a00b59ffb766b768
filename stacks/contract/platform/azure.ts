import { z } from "zod";
import { hostname } from "../../config/fields";
import { jurisdictionName, regionName } from "../../config/regions";
import type { Wired } from "../wired";
import { deploymentFacts, jurisdictionFacts, regionFacts } from "./common";

const text = z.string().min(1);

/** What the platform layer says about one region. */
const region = z.strictObject({
  facts: z.strictObject({
    ...regionFacts.shape,
    identities: z
      .record(z.string(), z.array(text))
      .describe(
        "What the identity of each workload may do: ai, cache, database, records, audit, release, and `secret <name>`.",
      ),
  }),
  network: z.strictObject({
    vnetId: text,
    cidr: text,
    nodeCidr: text.describe("Range of the nodes: pods leave the cluster from it."),
    endpointCidr: text.describe("Range of the private endpoints: cache, vault, storage, AI."),
    databaseCidr: text.describe("Range of the database servers: what a pod may reach on the database's ports."),
    natAddresses: z.array(text).describe("Public addresses that requests to the outside come from."),
  }),
  cluster: z.strictObject({
    name: text,
    id: text.describe("Resource id of the cluster."),
    endpoint: text.describe("Address of the Kubernetes API: a public name of a private address."),
    certificateAuthority: text.describe("Base64 of the API's certificate authority; public."),
    oidcIssuer: text.describe("Issuer of service account tokens, without https://."),
  }),
  gateway: z.strictObject({
    className: text.describe("Class of the gateway, for routers of the Gateway API."),
    name: text,
    namespace: text.describe("Namespace of the gateway: the only one that pods accept requests from."),
    listener: text.describe("Listener that routes attach to."),
    routesNamespace: text.describe("Namespace whose routes it lets in: it carries the label cutover/routes: true."),
    privateLinkId: text.describe("Private link service whose connections a person approves."),
  }),
  cache: z.strictObject({
    endpoint: text,
    port: z.number().describe("Port of TLS; the user name is the object id of the workload's identity."),
  }),
  storage: z.strictObject({
    blobEndpoint: text,
    records: text.describe("Container of education records."),
    audit: text.describe("Container of the record of disclosures: append blobs."),
    backups: text.describe("Container of dumps that a release makes before it changes the database."),
  }),
  vault: z.strictObject({
    uri: text,
    secrets: z
      .record(z.string(), text)
      .describe(
        "Name in the vault of each secret that workloads may read, by its name in config. Values are no outputs.",
      ),
  }),
  ai: z.strictObject({
    endpoint: text.describe("Azure OpenAI account that workloads call."),
    fallbackEndpoint: text.describe(
      "The account that they call when the other fails or is slow; it has the same deployments.",
    ),
    deployments: z.array(text),
  }),
  identities: z
    .record(
      z.string(),
      z.strictObject({
        clientId: text.describe("What the service account names itself as (azure.workload.identity/client-id)."),
        principalId: text.describe("Object id: the user name of the cache."),
        databaseRole: text.describe("Its name as a role of PostgreSQL, which migrations make."),
      }),
    )
    .describe("Managed identity of each workload, by the name of its service account."),
  monitoring: z.strictObject({
    prometheusUrl: text.describe("Address of Prometheus inside the cluster."),
    workspaceId: text.describe("Log Analytics workspace of the region."),
  }),
});

/** What the platform layer says about one jurisdiction. */
const jurisdiction = z.strictObject({
  facts: jurisdictionFacts,
  database: z.strictObject({
    serverId: text,
    endpoint: text.describe("Address of the primary; its standby takes it over."),
    port: z.number().describe("PostgreSQL itself: migrations."),
    poolPort: z.number().describe("PgBouncer of the server: workloads."),
    name: text.describe("Name of the database."),
    replicas: z.record(z.string(), text).describe("Address of each read replica, by its name."),
  }),
});

/** The outputs of the platform layer on Azure. */
export const azurePlatformContract = z
  .strictObject({
    facts: z.strictObject({
      ...deploymentFacts,
      cloud: z.literal("azure"),
      subscriptionId: text,
      tenantId: text,
      hosts: z.strictObject({ zone: hostname, app: hostname }),
      edgeHealthPath: text.describe("Path of the application that the edge asks for its health."),
    }),
    edge: z.strictObject({
      endpointHost: text.describe("Front Door's own host name."),
      frontDoorId: text.describe("What requests carry in X-Azure-FDID."),
      nameServers: z.array(text).describe("Name servers of the zone: what the registrar has to be told."),
    }),
    jurisdictions: z.record(jurisdictionName, jurisdiction),
    regions: z.record(regionName, region),
  })
  .describe("Outputs of the platform layer on Azure.");

export type AzurePlatformOutputs = z.infer<typeof azurePlatformContract>;
/** The platform's outputs inside one program run: leaves may be unknown yet. */
export type AzurePlatform = Wired<AzurePlatformOutputs>;
export type AzurePlatformRegion = AzurePlatform["regions"][string];
