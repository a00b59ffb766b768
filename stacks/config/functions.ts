import { z } from "zod";
import { logRetentionDays } from "./fields";

export const functionsSchema = z
  .strictObject({
    paths: z
      .array(z.string().regex(/^\/[\w.*?~/-]*$/, "a path pattern such as /functions/*"))
      .min(1)
      .max(4)
      .default(["/functions/*"])
      .describe(
        "Path patterns that the functions answer: 4 at most, because an ALB rule has 5 values and the color header is one.",
      ),
    architecture: z.enum(["arm64", "x86_64"]).default("arm64").describe("Instruction set that the image is built for."),
    memoryMiB: z
      .number()
      .int()
      .min(128)
      .max(10_240)
      .default(512)
      .describe("Memory, 128 to 10240 MiB (a limit of Lambda); CPU grows with it."),
    timeoutSeconds: z
      .number()
      .int()
      .min(1)
      .max(900)
      .default(15)
      .describe("How long one request may take, 900 s at most (a limit of Lambda)."),
    reservedConcurrency: z
      .number()
      .int()
      .min(1)
      .default(100)
      .describe(
        "Requests at a time that each color's function may have and that no other function takes. An account has 1000 per region unless raised.",
      ),
    logRetentionDays: logRetentionDays
      .refine((days) => days >= 365, "a year at least, which audits ask for")
      .default(365)
      .describe("How long the functions' logs are kept, in days."),
  })
  .optional()
  .describe(
    "The Lambda function of each color and region; none where the key is absent. It has no capacity of its own: what is not called costs nothing.",
  );

export type FunctionsConfig = NonNullable<z.infer<typeof functionsSchema>>;
