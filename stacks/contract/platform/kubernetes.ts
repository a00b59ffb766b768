import { z } from "zod";
import { hostname } from "../../config/fields";
import { jurisdictionName, regionName } from "../../config/regions";
import type { Wired } from "../wired";
import { deploymentFacts, jurisdictionFacts, regionFacts } from "./common";

const text = z.string().min(1);

const region = z.strictObject({
  facts: z.strictObject({
    ...regionFacts.shape,
    secrets: z.array(text).describe("Names of the secrets that workloads may read."),
  }),
  cluster: z.strictObject({
    name: text,
    context: text.describe("Context of the runner's kubeconfig that reaches the cluster."),
  }),
  vault: z
    .strictObject({
      address: text,
      ca: text.optional().describe("Certificate of the authority that signed Vault's own; public."),
      auth: text.describe("Where its Kubernetes authentication is mounted."),
      mount: text.describe("Where its key-value engine is mounted."),
      path: text.describe("Path of the deployment's secrets there."),
      pki: text.describe("Where its authority for certificates is mounted."),
    })
    .describe("Where the secrets of the region's workloads come from."),
  entry: z.strictObject({
    proxies: text.describe("Namespace of the pods through which requests come in."),
    namespace: text.describe("Namespace of the routers."),
    certificateName: text
      .optional()
      .describe("Kubernetes secret of the host's certificate there; none where a given gateway has its own."),
  }),
});

const jurisdiction = z.strictObject({
  facts: jurisdictionFacts,
  database: z.strictObject({
    namespace: text,
    cluster: text.describe("Name of the CloudNativePG cluster: its pods have it as the label cnpg.io/cluster."),
    host: text.describe("Address of the primary inside the cluster."),
    port: z.number(),
    name: text.describe("Name of the database."),
    user: text.describe("Role that the workloads connect as, by certificate."),
    owner: text.describe("Role that changes of the schema connect as, by certificate."),
    backups: z.strictObject({ destination: text, endpoint: text }).describe("Where dumps before a change go, too."),
  }),
});

/** The outputs of the platform layer on clusters that are there already. */
export const kubernetesPlatformContract = z
  .strictObject({
    facts: z.strictObject({
      ...deploymentFacts,
      cloud: z.literal("kubernetes"),
      hosts: z.strictObject({ app: hostname }),
    }),
    jurisdictions: z.record(jurisdictionName, jurisdiction),
    regions: z.record(regionName, region),
  })
  .describe("Outputs of the platform layer on clusters that are there already.");

export type KubernetesPlatformOutputs = z.infer<typeof kubernetesPlatformContract>;
export type KubernetesPlatform = Wired<KubernetesPlatformOutputs>;
export type KubernetesPlatformRegion = KubernetesPlatform["regions"][string];
