import { z } from "zod";
import { count, duration, label } from "../fields";
import { condition } from "./condition";

/** What happens when a gate fails or a trigger fires, the mildest first. */
export const ACTIONS = ["warn", "hold", "step-back", "rollback"] as const;
export const action = z.enum(ACTIONS);
export type Action = z.infer<typeof action>;

const decideWithin = duration
  .optional()
  .describe(
    "With `hold`: how long people have to decide; then it rolls back. Without it, they have as long as it takes.",
  );

/** A limit of N tolerates N; what exceeds it acts. Each is counted apart, for each region and the total. */
export const limitsSchema = z
  .strictObject({
    failures: count().default(0).describe("Samples that fail, in the whole stage."),
    failuresInARow: count()
      .optional()
      .describe("Samples that fail one after the other. @default - only `failures` counts"),
    inconclusiveInARow: count()
      .default(4)
      .describe("Samples one after the other that say nothing: empty, NaN, stale. More of them hold the rollout."),
    errorsInARow: count()
      .default(4)
      .describe("Samples one after the other that could not be read. More of them hold the rollout."),
  })
  .prefault({})
  .describe("How much a gate tolerates.");

const gate = z.strictObject({
  require: condition.describe("What must hold: `error-rate < 1`."),
  limits: limitsSchema,
  action: action.default("rollback").describe("What happens when more samples fail than the limits tolerate."),
  decideWithin,
});

/** A gate, or its condition alone where the rest has its default. */
export const gateSchema = z.union([condition, gate], "a condition, or an object with `require`");

export const triggerSchema = z
  .strictObject({
    when: condition.describe("What must not last: `error-rate > 5`."),
    for: duration.describe(
      "How long every sample must meet it. A healthy sample clears it, an inconclusive one freezes it.",
    ),
    action: action.default("rollback").describe("What happens when it fires."),
    decideWithin,
  })
  .describe(
    "A condition that acts when it has held for its window, from the candidate's first request until the rollback window ends.",
  );

export const signalSchema = z
  .strictObject({
    action: action.default("rollback").describe("What happens when the signal arrives."),
    decideWithin,
    description: z.string().max(200).describe("What the signal means, for who sends it."),
  })
  .describe("A trigger that somebody or something outside fires: `cutover rollout signal NAME`.");

export const triggersSchema = z.record(label(), triggerSchema).default({}).describe("Triggers, by name.");
export const signalsSchema = z.record(label(), signalSchema).default({}).describe("Signals from outside, by name.");

export type Limits = z.infer<typeof limitsSchema>;
export type GateConfig = z.infer<typeof gateSchema>;
export type TriggerConfig = z.infer<typeof triggerSchema>;
export type SignalConfig = z.infer<typeof signalSchema>;
