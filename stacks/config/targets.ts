import { z } from "zod";

export const targetsSchema = z
  .strictObject({
    deregistrationSeconds: z
      .number()
      .int()
      .min(0)
      .max(3_600)
      .default(30)
      .describe(
        "How long a target may finish its requests after it left, 3600 s at most (a limit of Elastic Load Balancing).",
      ),
    healthCheck: z
      .strictObject({
        intervalSeconds: z.number().int().min(5).max(300).default(10).describe("Between two checks, 5 to 300 s."),
        timeoutSeconds: z.number().int().min(2).max(120).default(5).describe("For an answer, 2 to 120 s."),
        healthyThreshold: z
          .number()
          .int()
          .min(2)
          .max(10)
          .default(2)
          .describe("Good answers in a row that make a target healthy."),
        unhealthyThreshold: z
          .number()
          .int()
          .min(2)
          .max(10)
          .default(3)
          .describe("Bad answers in a row that make it unhealthy."),
      })
      .refine(
        ({ intervalSeconds, timeoutSeconds }) => timeoutSeconds < intervalSeconds,
        "timeoutSeconds is shorter than intervalSeconds",
      )
      .prefault({})
      .describe("Health checks of every target group of pods."),
  })
  .prefault({})
  .describe("The target groups of each color: what the routers send requests to.");

export type TargetsConfig = z.infer<typeof targetsSchema>;
