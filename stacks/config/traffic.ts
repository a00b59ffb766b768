import { z } from "zod";
import { color, percent } from "./fields";
import { regionName } from "./regions";

export const activeSchema = color
  .default("blue")
  .describe(
    "The color that serves when no rollout is open. Changed only when a rollout completes, never inferred from weights.",
  );

export const trafficSchema = z
  .strictObject({
    green: percent
      .default(0)
      .describe("Percentage of requests that green serves, in every region that is not named below."),
    regions: z
      .record(regionName, percent)
      .default({})
      .describe("Percentage of requests that green serves in one region, instead of `green`."),
    maintenance: z
      .boolean()
      .default(false)
      .describe(
        "Whether every region answers with the maintenance page (503). Requests with the color header still pass.",
      ),
  })
  .prefault({})
  .describe("The split of requests between the colors: the one value that a stage of a release changes.");

export const routersSchema = z
  .strictObject({
    sslPolicy: z
      .string()
      .regex(/^ELBSecurityPolicy-TLS13-/, "a TLS 1.3 policy, ELBSecurityPolicy-TLS13-…")
      .default("ELBSecurityPolicy-TLS13-1-2-Res-2021-06")
      .describe("TLS policy of the HTTPS listeners."),
    stickinessSeconds: z
      .number()
      .int()
      .min(0)
      .max(604_800)
      .default(0)
      .describe(
        "How long a user stays on a color, 0 for not at all. Stickiness outlives weights and spoils rollbacks; where on, it must be shorter than the shortest soak of the rollout plan.",
      ),
    maintenancePage: z
      .string()
      .max(1_024)
      .default("Scheduled maintenance. Your work is saved; please come back in a few minutes.")
      .describe("Text of the maintenance page: at most 1024 characters, a limit of an ALB's fixed response."),
  })
  .prefault({})
  .describe("The weighted routers of every region: one ALB listener rule for each routed workload.");

export type Traffic = z.infer<typeof trafficSchema>;
export type Routers = z.infer<typeof routersSchema>;
