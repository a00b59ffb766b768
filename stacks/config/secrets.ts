import { z } from "zod";
import { count, label } from "./fields";

export const secretsSchema = z
  .record(
    label(40),
    z.strictObject({
      description: z.string().min(1).max(2_048).describe("What the secret is for, and who knows its value."),
      rotateAfterDays: count(1)
        .pipe(z.number().max(90))
        .optional()
        .describe(
          "Days between rotations, at most 90: the value is random, made inside AWS and replaced by the rotation function; readers accept the previous one too. Without it, a person puts the value (`aws secretsmanager put-secret-value`) and replaces it.",
        ),
    }),
  )
  .prefault({})
  .describe(
    "Secrets that the workloads read, by name. Values are never config. Each is copied to the other regions of its jurisdiction, and to no other.",
  );

export type SecretsConfig = z.infer<typeof secretsSchema>;
