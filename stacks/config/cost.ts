import { z } from "zod";
import { onlyOn } from "./clouds";
import { count, label, percent } from "./fields";

const amount = (fallback: number) => z.number().nonnegative().default(fallback);
const share = () => percent.default(0);

export const costSchema = z
  .strictObject({
    students: count(1).default(100_000).describe("Students that the deployment serves on a school day."),
    budgetStudentDay: z
      .number()
      .positive()
      .default(0.05)
      .describe("What a student may cost, USD per day: the plan's limit is 0.05."),
    load: z
      .strictObject({
        requestsPerStudentDay: amount(200).describe("Requests of one student to the app host, per day."),
        activeHours: z
          .number()
          .positive()
          .max(24)
          .default(10)
          .describe(
            "Hours of a day in which a region's students work: requests come evenly in them. Outside of them the autoscalers are at their least.",
          ),
        requestPercent: z
          .record(label(), percent)
          .default({})
          .describe("Percentage of all requests that reach a workload, by its name; 100 for one that is not named."),
        autoscalingPercent: percent
          .default(10)
          .describe(
            "Where an autoscaler stands in active hours at the least, for what requests do not show (CPU, memory): percentage of the way from its least to its most pods.",
          ),
        packingPercent: z
          .number()
          .positive()
          .max(100)
          .default(75)
          .describe(
            "Percentage of the nodes' vCPU and memory that the requests of the workloads' pods fill: the rest is kept by kubelet, system, daemons and cluster controllers, or lost to fragmentation. A GPU is given out whole.",
          ),
      })
      .prefault({})
      .describe("How much work a student makes."),
    spotPercent: z
      .strictObject({
        general: share().describe("Node groups without GPUs."),
        gpu: share().describe("Node groups with GPUs."),
      })
      .prefault({})
      .describe(
        "Percentage of the nodes that are not reserved that run at spot prices. A group whose capacity type is SPOT always does.",
      ),
    reservedPercent: z
      .strictObject({
        general: share().describe("Node groups without GPUs."),
        gpu: share().describe("Node groups with GPUs."),
        database: share().describe("RDS instances."),
        cache: share().describe("ElastiCache nodes."),
      })
      .prefault({})
      .describe(
        "Percentage that is reserved for a year, of what always runs: of node groups the nodes outside of active hours.",
      ),
    cluster: onlyOn(
      z
        .strictObject({
          nodes: z
            .strictObject({
              usdPerHour: z
                .number()
                .nonnegative()
                .describe("What a node costs, USD an hour: rent, or a machine's price over its life."),
              cpu: z.number().positive().describe("vCPU of a node."),
              memoryGiB: z.number().positive().describe("Memory of a node, GiB."),
            })
            .describe("The nodes of the clusters."),
          storageGiBMonthUsd: amount(0).describe("What a GiB of a volume costs, USD a month."),
        })
        .optional()
        .describe("What the clusters cost, because no list has their prices. Required there."),
      ["kubernetes"],
      "elsewhere the cloud's list prices are taken",
    ),
    transfer: z
      .strictObject({
        dynamicMiB: amount(4).describe("Answers of the app host, from the region to the edge."),
        staticMiB: amount(5).describe("Assets, from CloudFront."),
        staticRequests: amount(40).describe("Requests for assets."),
        natMiB: amount(0.5).describe("What workloads send through the NAT gateways: prompts, mostly."),
        zoneMiB: amount(8).describe("What crosses zones: load balancer, pods, database, cache."),
        regionMiB: amount(2).describe("What crosses regions of a jurisdiction: replication, writes to the primary."),
        requestsPerConnection: z.number().positive().default(20).describe("Requests on one connection of the edge."),
      })
      .prefault({})
      .describe("Data per student and day."),
    storage: z
      .strictObject({
        recordMiB: amount(20).describe("Education records that are kept of one student, with their versions."),
        recordWrites: amount(5).describe("Objects that a student writes per day."),
        recordReads: amount(20).describe("Objects that a student reads per day."),
        databaseUsedPercent: percent.default(50).describe("Percentage of a database's storage that holds data."),
        databaseChangePercent: percent.default(2).describe("Percentage of the data that changes per day."),
      })
      .prefault({})
      .describe("What is stored."),
    functions: z
      .strictObject({
        requestPercent: percent.default(5).describe("Percentage of all requests that a function answers."),
        seconds: amount(0.2).describe("Length of an answer."),
      })
      .prefault({})
      .describe("Lambda functions of the colors."),
    ai: z
      .strictObject({
        inputTokens: amount(400).describe("Tokens of a student's prompts."),
        outputTokens: amount(100).describe("Tokens of the answers."),
        embeddingTokens: amount(200).describe("Tokens that are embedded."),
      })
      .prefault({})
      .describe("Tokens per student and day; deployments share them in proportion to their capacity."),
    logs: z
      .strictObject({
        clusterGiB: amount(3).describe("Control plane logs of a cluster, GiB per day."),
        flowGiB: amount(5).describe("Flow logs of a network, GiB per day."),
        firewallKiB: amount(1).describe("Firewall log of a request, KiB."),
        archivedPercent: percent.default(15).describe("What compression leaves of a log in its archive."),
        azureGiB: amount(1).describe("Logs of an Azure OpenAI account, GiB per day."),
      })
      .prefault({})
      .describe("How much is logged."),
    security: z
      .strictObject({
        managementEvents: amount(1_000_000).describe("Management events that GuardDuty reads, per region and month."),
        configurationItems: amount(10_000).describe("Items that AWS Config records, per region and month."),
        checks: amount(40_000).describe("Checks of Security Hub, per region and month."),
      })
      .prefault({})
      .describe("How much detection has to read."),
  })
  .prefault({})
  .describe(
    "What `cutover cost` assumes besides the resources themselves. Nothing of it changes a resource. Prices are in cost/prices.json, with their date and sources.",
  );

export type CostConfig = z.infer<typeof costSchema>;
