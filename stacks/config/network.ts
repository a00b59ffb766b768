import { z } from "zod";
import { cidr, logRetentionDays } from "./fields";

const service = z.string().regex(/^[a-z][a-z0-9-]*(\.[a-z0-9-]+)*$/, "an AWS service such as ecr.api or sts");

export const networkSchema = z
  .strictObject({
    interfaceEndpoints: z
      .array(service)
      .refine((services) => new Set(services).size === services.length, "each service once")
      .default(["autoscaling", "ec2", "ecr.api", "ecr.dkr", "elasticloadbalancing", "logs", "secretsmanager", "sts"])
      .describe(
        "AWS services that are reached through private addresses in every zone (com.amazonaws.<region>.<service>), about 22 dollars a month each. Images, tokens, secrets and logs stay off the internet; with ec2, autoscaling and elasticloadbalancing a node can also start, be scaled and take requests while a NAT gateway is down.",
      ),
    operatorRanges: z
      .array(cidr)
      .max(5)
      .default([])
      .describe(
        "Ranges outside the VPC from which people and pipelines reach the private Kubernetes API on port 443, over a peering, a transit gateway or a VPN that is made elsewhere. At most 5: each takes two rules of a network ACL, which has 20 in each direction.",
      ),
    flowLogs: z
      .strictObject({
        retentionDays: logRetentionDays
          .default(365)
          .describe("How long flow logs are kept, in days: a year, as an audit asks."),
        intervalSeconds: z
          .literal([60, 600])
          .default(600)
          .describe(
            "How long packets are summed up into one record: 60 or 600 seconds. Shorter is up to ten times the volume.",
          ),
      })
      .prefault({})
      .describe("Flow logs of the whole VPC, accepted and rejected traffic."),
  })
  .prefault({})
  .describe("The network of every region: a VPC with public, private and database subnets in each zone.");

export type NetworkConfig = z.infer<typeof networkSchema>;
