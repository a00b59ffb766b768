import { z } from "zod";
import { REGION_ROLES, jurisdictionName } from "../config/regions";
import { awsAccount, awsRegion, hostname } from "../config/fields";
import type { Wired } from "./wired";

const text = z.string().min(1);

/** What the platform layer says about one region. */
const region = z.strictObject({
  facts: z
    .strictObject({
      jurisdiction: jurisdictionName,
      role: z.enum(REGION_ROLES),
      share: z.number().describe("Percentage of all requests."),
      zones: z.array(z.string()),
      nodes: z
        .strictObject({
          cpu: z.number().describe("Allocatable vCPU of the general node group at its largest."),
          memoryGiB: z.number().describe("Allocatable memory of the general node group at its largest, GiB."),
          gpus: z.number().describe("GPUs of the gpu node group at its largest."),
        })
        .describe("What the workloads of both colors have to fit into."),
    })
    .describe("Plain values: they decide which resources the next layers have."),
  network: z.strictObject({
    vpcId: text,
    cidr: text,
    privateSubnetIds: z.array(text),
    databaseCidrs: z
      .array(text)
      .describe("Ranges of the database subnets: what a pod may reach on the database's port."),
    natAddresses: z.array(text).describe("Public addresses that requests to the outside come from."),
  }),
  cluster: z.strictObject({
    name: text,
    arn: text,
    endpoint: text.describe("Private address of the Kubernetes API."),
    certificateAuthority: text.describe("Base64 of the API's certificate authority; public."),
    oidcProviderArn: text,
    oidcIssuer: text.describe("Issuer of service account tokens, without https://."),
  }),
  cache: z.strictObject({
    endpoint: text,
    port: z.number(),
    replicationGroupArn: text,
    userArn: text.describe("User that the workloads connect as, with IAM authentication."),
    userName: text,
  }),
  storage: z.strictObject({
    recordsBucket: text.describe("Bucket of education records."),
    recordsBucketArn: text,
    keyArn: text.describe("Key that encrypts the bucket and the secrets of the region."),
  }),
  entry: z.strictObject({
    loadBalancerArn: text,
    loadBalancerArnSuffix: text.describe("The form that CloudWatch's LoadBalancer dimension takes."),
    dnsName: text,
    securityGroupId: text.describe(
      "Security group of the load balancer: the only source that pods accept requests from.",
    ),
    certificateArn: text,
  }),
  secrets: z
    .record(z.string(), text)
    .describe("ARN of each secret that workloads may read, by its name in config. The values are never outputs."),
  ai: z.strictObject({
    endpoint: text.describe("Azure OpenAI endpoint of the jurisdiction."),
    clientId: text.describe("Managed identity that service account tokens of this region's cluster are exchanged for."),
    tenantId: text,
    deployments: z.array(text),
  }),
  alarms: z.array(text).describe("ARNs of the region's CloudWatch alarms."),
  dashboard: text.describe("Name of the region's CloudWatch dashboard."),
});

/** What the platform layer says about one jurisdiction. */
const jurisdiction = z.strictObject({
  facts: z.strictObject({
    regions: z.array(awsRegion).describe("Serving regions first, the recovery region last."),
    primaryRegion: awsRegion.describe("The region that holds the jurisdiction's primary database."),
  }),
  database: z.strictObject({
    identifier: text,
    arn: text,
    resourceId: text.describe("The id that IAM database authentication names (`db-…`)."),
    endpoint: text.describe("Address of the primary."),
    port: z.number(),
    name: text.describe("Name of the database."),
    user: text.describe("Database user that the workloads authenticate as, through IAM."),
    adminSecretArn: text.describe("Secret of the master user; the value is never an output."),
    replicas: z.record(z.string(), text).describe("Address of each replica, by its name."),
  }),
});

/** The outputs of the platform layer: what the application and the traffic layer, a pipeline or a monitoring tool may rely on. */
export const platformContract = z
  .strictObject({
    facts: z.strictObject({
      name: text,
      environment: text,
      owner: text,
      account: awsAccount,
      primaryRegion: awsRegion,
      hosts: z.strictObject({ zone: hostname, app: hostname, static: hostname }),
      edgeHealthPath: text.describe("Path of the application that the edge asks for a region's health."),
      podPorts: z.array(z.number()).describe("Ports of pods that the load balancers may reach."),
    }),
    assets: z.strictObject({
      bucket: text.describe("Bucket of content-hashed assets of both colors."),
      distributionId: text,
    }),
    jurisdictions: z.record(jurisdictionName, jurisdiction),
    regions: z.record(awsRegion, region),
  })
  .describe("Outputs of the platform layer.");

export type PlatformOutputs = z.infer<typeof platformContract>;
/** The platform's outputs inside one program run: leaves may be unknown yet. */
export type Platform = Wired<PlatformOutputs>;
export type PlatformRegion = Platform["regions"][string];
