import { z } from "zod";
import { awsRegion, color } from "../config/fields";
import type { Wired } from "./wired";

const text = z.string().min(1);

const router = z.strictObject({
  kind: z.literal("alb-listener-rule"),
  arn: text,
  route: text.describe("The workload that it splits, or `function`."),
});

/** The outputs of the traffic layer. */
export const trafficContract = z
  .strictObject({
    facts: z.strictObject({
      active: color,
      maintenance: z.boolean(),
    }),
    regions: z.record(
      awsRegion,
      z.strictObject({
        weights: z
          .record(color, z.number())
          .describe("Percentage of the region's requests that each color is to serve, as the routers express it."),
        routers: z.array(router).describe("The weighted rules: what a rollback sets and what a read-back reads."),
        listenerArn: text,
        endpoints: z
          .record(color, z.strictObject({ url: text, header: text.describe("Header that reaches the color at 0 %.") }))
          .describe("How to reach one color of the region."),
      }),
    ),
  })
  .describe("Outputs of the traffic layer.");

export type TrafficOutputs = z.infer<typeof trafficContract>;
export type TrafficWired = Wired<TrafficOutputs>;
