import { z } from "zod";
import { color, hostname } from "../config/fields";
import { jurisdictionName, regionName } from "../config/regions";
import type { Wired } from "./wired";

const text = z.string().min(1);

/** A workload of a color that routers can send requests to. */
const target = z.strictObject({
  port: z.number(),
  protocolVersion: z.enum(["HTTP1", "HTTP2", "GRPC"]),
  healthPath: text,
  host: hostname.optional().describe("Host name of its requests; those of every name when absent."),
  paths: z.array(text).describe("Path patterns of the workload's rule; empty for the workload that takes the rest."),
  priority: z.number().int().optional().describe("Order of its rule: lower first; none where the longest path wins."),
});

/** One color in one region. */
const regionColor = z.strictObject({
  namespace: text,
  targetGroupArns: z
    .record(z.string(), text)
    .describe(
      "ARN of each target group, by workload; the function's under `function`. They are there before the color is.",
    ),
  functionArn: text.optional().describe("The color's Lambda function; none while the color has no release."),
  functionName: text.optional().describe("Its name: the form that CloudWatch's FunctionName dimension takes."),
  pods: z
    .record(z.string(), z.strictObject({ least: z.number().int(), most: z.number().int() }))
    .describe(
      "How many pods each workload has at least and at most, by name. Less than the least are not ready for their share.",
    ),
});

/** The outputs of the application layer. */
export const applicationContract = z
  .strictObject({
    facts: z.strictObject({
      active: color,
      consumers: color.describe("The color whose consumers and schedules run."),
      targets: z.record(z.string(), target).describe("The routed workloads, by name; the same in both colors."),
      functionPaths: z
        .array(text)
        .describe("Path patterns that the functions answer; empty where there are no functions."),
      colors: z.partialRecord(
        color,
        z.strictObject({
          release: text.describe("Version of the release, for people; the images' digests decide."),
          capacity: z.union([z.enum(["off", "warm", "full"]), z.number()]),
        }),
      ),
    }),
    regions: z.record(regionName, z.record(color, regionColor)),
    databaseJobs: z
      .record(jurisdictionName, z.array(text))
      .describe("Names of the jobs of the open database change, by jurisdiction; empty while none is open."),
  })
  .describe("Outputs of the application layer.");

export type ApplicationOutputs = z.infer<typeof applicationContract>;
/** The application's outputs inside one program run: leaves may be unknown yet. */
export type Application = Wired<ApplicationOutputs>;
