import { z } from "zod";
import { ROUTER_KINDS } from "../../components/traffic/split";
import { color } from "../config/fields";
import { regionName } from "../config/regions";
import type { Wired } from "./wired";

const text = z.string().min(1);

const router = z.strictObject({
  kind: z.enum(ROUTER_KINDS),
  id: text.describe("ARN of a listener rule; inside a cluster, namespace and name of the route or the Service."),
  route: text.describe("The workload that it splits, or `function`."),
});

/** The outputs of the traffic layer. */
export const trafficContract = z
  .strictObject({
    facts: z.strictObject({
      active: color,
      maintenance: z.boolean(),
      testerToken: z
        .boolean()
        .describe(
          "Whether an edge lets only requests with the tester's token choose a color; without an edge anybody can.",
        ),
    }),
    regions: z.record(
      regionName,
      z.strictObject({
        weights: z
          .record(color, z.number())
          .describe("Percentage of the region's requests that each color is to serve, as the routers express it."),
        routers: z.array(router).describe("The weighted rules: what a rollback sets and what a read-back reads."),
        listenerArn: text
          .optional()
          .describe("ARN of the HTTPS listener, where a load balancer of AWS splits requests."),
        endpoints: z
          .record(color, z.strictObject({ url: text, header: text.describe("Header that reaches the color at 0 %.") }))
          .describe("How to reach one color of the region."),
      }),
    ),
  })
  .describe("Outputs of the traffic layer.");

export type TrafficOutputs = z.infer<typeof trafficContract>;
export type TrafficWired = Wired<TrafficOutputs>;
