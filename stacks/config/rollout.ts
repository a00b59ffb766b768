import { z } from "zod";
import { duration, percent } from "./fields";
import { releaseSchema } from "./releases";

const step = z.strictObject({
  share: percent.describe("Percentage of requests that the candidate serves in this stage."),
  soak: duration
    .optional()
    .describe("How long the stage is watched; the last step needs none, the validation watches it."),
});

export const rolloutSchema = z
  .strictObject({
    release: releaseSchema.describe("What the candidate color runs: the release that the plan brings to everybody."),
    databaseChange: z
      .boolean()
      .default(true)
      .describe(
        "Whether the release changes the schema: backup, restore check, migration (expand) and validation are then stages.",
      ),
    steps: z
      .array(step)
      .min(1)
      .refine(
        (steps) => steps.every(({ share }, index) => share > (steps[index - 1]?.share ?? 0)),
        "shares grow from step to step",
      )
      .refine((steps) => steps.at(-1)?.share === 100, "the last step serves everybody: share 100")
      .describe("The shifts of traffic, in order."),
    validate: duration
      .default("15m")
      .describe("How long the release is validated at 100 % before the old color is retired."),
  })
  .describe("The plan of a release: which stages it goes through.");

export type RolloutPlan = z.infer<typeof rolloutSchema>;
