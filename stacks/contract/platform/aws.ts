import { z } from "zod";
import { jurisdictionName } from "../../config/regions";
import { awsAccount, awsRegion, hostname } from "../../config/fields";
import type { Wired } from "../wired";
import { deploymentFacts, jurisdictionFacts, regionFacts } from "./common";

const text = z.string().min(1);

/** What the platform layer says about one region. */
const region = z.strictObject({
  facts: regionFacts,
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
    recordsBucket: text.optional().describe("Bucket of education records; none where the platform keeps none."),
    recordsBucketArn: text.optional(),
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
    otherCertificateArns: z
      .record(hostname, text)
      .optional()
      .describe("Certificate of each of `facts.hosts.others`; none where there are none."),
  }),
  secrets: z
    .record(z.string(), text)
    .describe("ARN of each secret that workloads may read, by its name in config. The values are never outputs."),
  ai: z
    .strictObject({
      endpoint: text.describe("Azure OpenAI endpoint of the jurisdiction."),
      clientId: text.describe(
        "Managed identity that service account tokens of this region's cluster are exchanged for.",
      ),
      tenantId: text,
      deployments: z.array(text),
    })
    .optional()
    .describe("Azure OpenAI; none where the platform has none."),
  alarms: z.array(text).describe("ARNs of the region's CloudWatch alarms."),
  dashboard: text.describe("Name of the region's CloudWatch dashboard."),
});

/** What the platform layer says about one jurisdiction. */
const jurisdiction = z.strictObject({
  facts: jurisdictionFacts,
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
export const awsPlatformContract = z
  .strictObject({
    facts: z.strictObject({
      ...deploymentFacts,
      cloud: z.literal("aws"),
      account: awsAccount,
      hosts: z.strictObject({
        zone: hostname,
        app: hostname,
        static: hostname.optional().describe("Host of content-hashed assets; none where the pods serve them."),
        others: z.array(hostname).optional().describe("Further hosts that workloads answer to."),
      }),
      edgeHealthPath: text
        .optional()
        .describe("Path of the application that the edge asks for a region's health; none where it asks nothing."),
      podPorts: z.array(z.number()).describe("Ports of pods that the load balancers may reach."),
    }),
    assets: z
      .strictObject({
        bucket: text.describe("Bucket of content-hashed assets of both colors."),
        distributionId: text.optional().describe("CloudFront distribution; none where Cloudflare R2 serves them."),
      })
      .optional()
      .describe("What `hosts.static` serves."),
    zone: z
      .strictObject({
        nameServers: z.array(text),
        dsRecord: text.optional().describe("DNSSEC's record of the zone; none on Route 53."),
      })
      .describe("What the registrar has to be told of the zone: nothing is proven, and nobody finds it, before."),
    jurisdictions: z.record(jurisdictionName, jurisdiction),
    regions: z.record(awsRegion, region),
  })
  .describe("Outputs of the platform layer on AWS.");

export type AwsPlatformOutputs = z.infer<typeof awsPlatformContract>;
/** The platform's outputs inside one program run: leaves may be unknown yet. */
export type AwsPlatform = Wired<AwsPlatformOutputs>;
export type AwsPlatformRegion = AwsPlatform["regions"][string];
