import { z } from "zod";
import { count } from "../fields";

export const edgeSchema = z
  .strictObject({
    endpointName: z
      .string()
      .regex(/^[a-z0-9]([a-z0-9-]{0,44}[a-z0-9])?$/, "1 to 46 lower-case letters, digits and hyphens")
      .describe("First part of Front Door's own host name."),
    healthPath: z
      .string()
      .regex(/^\/[\w./-]*$/, "a path such as /health/ready")
      .describe("Path of the application that Front Door asks for its health."),
    probeSeconds: z
      .number()
      .int()
      .min(5)
      .max(255)
      .default(30)
      .describe(
        "Time between two questions of one of Front Door's places, 5 to 255 seconds; there are about 100 places.",
      ),
    responseSeconds: z
      .number()
      .int()
      .min(16)
      .max(240)
      .default(30)
      .describe("How long Front Door waits for an answer, 16 to 240 seconds: AI answers in 5, uploads take longer."),
    secretGeneration: count(1)
      .default(1)
      .describe(
        "Which token testers have, who may choose a color: the secret tester-token of the key vault. A higher number makes a new one at the next `pulumi up`.",
      ),
    firewall: z
      .strictObject({
        defaultRules: z.enum(["2.1", "2.2"]).default("2.1").describe("Version of Microsoft_DefaultRuleSet."),
        botRules: z.enum(["1.0", "1.1"]).default("1.1").describe("Version of Microsoft_BotManagerRuleSet."),
        rateLimits: z
          .array(
            z.strictObject({
              name: z.string().regex(/^[A-Za-z][A-Za-z0-9]{0,63}$/, "letters and digits, starting with a letter"),
              pathPrefix: z.string().startsWith("/").describe("Requests whose path begins so; / for all."),
              requests: count(10).describe("Requests of one address in the time; one address can be a whole school."),
              minutes: z.literal([1, 5]).default(1).describe("The time: 1 or 5 minutes, limits of Front Door."),
            }),
          )
          .min(1)
          .refine((limits) => new Set(limits.map(({ name }) => name)).size === limits.length, "each name once")
          .describe("Rate limits, looked at in this order: what is above one is blocked."),
      })
      .describe("The web application firewall, in prevention mode."),
  })
  .describe("Front Door Premium: the one way in. It knows regions, never colors: no stage of a release touches it.");

export type FrontDoorConfig = z.infer<typeof edgeSchema>;
