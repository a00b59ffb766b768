import { z } from "zod";
import { awsRegion, count, duration, label, percent } from "../fields";
import { regionName } from "../regions";
import { gateSchema } from "./rules";
import { maintenanceSchema, timetableSchema, windowSchema } from "./timing";

export const STRATEGIES = ["blue-green", "canary", "rolling", "recovery"] as const;
export type Strategy = (typeof STRATEGIES)[number];

const gates = z.array(gateSchema).default([]).describe("What must hold while the stage is watched, for it to pass.");
const hooks = z
  .array(label())
  .default([])
  .describe("Hooks that run when the stage is applied, in order, before it is watched.");
const approvals = z
  .array(label())
  .default([])
  .describe("Roles that must approve before the stage is applied. Triggers go on meanwhile.");

/** Stages that hooks can run in beside those of `before`, `steps` and `validate`; a rolling plan has the first and the last. */
export const HOOKED_STAGES = [
  "deploy",
  "database-backup",
  "database-restore-check",
  "database-migrate",
  "database-validate",
  "maintenance-on",
  "maintenance-off",
  "smoke",
  "activate",
  "retire",
  "recover-capacity",
  "recover-route",
  "recover-promote",
  "recover-connect",
  "complete",
] as const;

const soak = duration.describe("How long the stage is watched: time that is covered by conclusive samples.");
const maxSoak = duration
  .optional()
  .describe("How long the stage may take to be covered; then it holds. @default - twice `soak`");

const checklist = z.array(z.string().min(1).max(200)).default([]);

/** What every stage that is watched, or asks people, has. */
const looks = {
  soak: soak.optional(),
  maxSoak,
  interval: duration
    .optional()
    .describe(
      "How often its gates look; triggers go on looking at every `interval` of the rollout. @default - the rollout's `interval`",
    ),
  gates,
  hooks,
  checklist: checklist.describe("What those who approve confirm."),
  approvals,
};

const step = z
  .strictObject({
    share: percent
      .optional()
      .describe(
        "Percentage of requests that the candidate serves in this stage. @default - that of the step before: the step shifts nothing, it watches on, runs hooks, or asks people (a sign-off), and needs a name",
      ),
    name: label().optional().describe("What the stage is called: `early-adopters`. @default - shift-<share>"),
    regions: z
      .array(regionName)
      .min(1)
      .optional()
      .describe("Regions that go first; the others stay as they are until a later step. @default - all"),
    ...looks,
  })
  .describe(
    "A shift of traffic, or a stage at the share that was reached. Approvals are asked before it: a sign-off of what was watched is a step of its own after it, with `approvals`.",
  );

const lookout = z
  .strictObject({ name: label().describe("What the stage is called: `day-1`."), ...looks })
  .describe("A stage of the rollback window.");

const before = z
  .strictObject({
    gates,
    hooks: hooks.describe("Hooks that run before anything is changed."),
    checklist: checklist.describe("What people confirm before anything is changed: the go/no-go list."),
    approvals: approvals.describe("Roles that confirm the list, each for itself."),
  })
  .prefault({})
  .describe("What must hold before anything is changed.");

const watched = z
  .strictObject({ soak, maxSoak, gates, hooks })
  .describe("Stage at 100 % in which the release is validated, before what has no weight moves.");

const judged = z
  .strictObject({
    metric: label().optional().describe("The metric that is compared. @default - `events` of `total`"),
    events: label()
      .optional()
      .describe("Metric that counts how often something happened, in the window: failed requests."),
    total: label().optional().describe("Metric that counts of how many: requests."),
    worse: z.enum(["higher", "lower", "either"]).describe("In which direction a change is bad."),
    maxRatio: z
      .number()
      .min(1)
      .max(100)
      .optional()
      .describe(
        "How many times as bad as the active color is tolerated: 1.2 is up to 1.2 times a latency. @default - any difference that is shown counts",
      ),
    scope: z
      .enum(["each", "total", "both"])
      .default("both")
      .describe("Whether each region is compared, all together, or both. What is rare shows in the total only."),
    weight: z.number().min(0).default(1).describe("Its part of the score."),
    critical: z.boolean().default(false).describe("Whether it rolls back, or holds, by itself."),
  })
  .refine(
    ({ metric, events, total }) =>
      metric === undefined ? events !== undefined && total !== undefined : events === undefined && total === undefined,
    "a `metric`, or `events` and `total`",
  );

export const judgeSchema = z
  .strictObject({
    alpha: z
      .number()
      .gt(0)
      .max(0.5)
      .default(0.05)
      .describe("The probability of any false alarm in the whole rollout, over all metrics, regions and looks."),
    from: percent
      .default(0)
      .describe("The smallest share that is judged: below it, the candidate has too few requests to say anything."),
    metrics: z.record(label(), judged).describe("What is compared, by name."),
  })
  .describe(
    "Compares the candidate with the active color over the same time, before each shift is passed: docs/judge.md. A score above 0.9 promotes, above 0.7 holds, else it rolls back.",
  );

export type JudgeConfig = z.infer<typeof judgeSchema>;

const recover = z
  .strictObject({
    region: awsRegion.describe("The region that is lost: it holds its jurisdiction's database."),
    to: awsRegion
      .optional()
      .describe(
        "The region that takes its place, in the same jurisdiction. @default - the jurisdiction's recovery region",
      ),
    replica: label(20)
      .default("recovery")
      .describe(
        "The replica that becomes the database, as `database.replicas.<jurisdiction>` names it; it stands in `to`.",
      ),
  })
  .describe(
    "What a plan with strategy recovery activates; required there, and nowhere else. docs/rollout.md, Recovery.",
  );

export type RecoverConfig = z.infer<typeof recover>;

export const planSchema = z
  .strictObject({
    description: z.string().max(200).optional().describe("What the plan is for."),
    strategy: z
      .enum(STRATEGIES)
      .describe(
        "blue-green: the candidate has its full capacity before the first shift. canary: it has the capacity of each step, before that step. " +
          "rolling: no second color; the active color's pods are replaced where they run, and `steps` stays empty. " +
          "recovery: no release at all; another region of the jurisdiction takes the place of a lost one (`recover`).",
      ),
    recover: recover.optional(),
    before,
    steps: z.array(step).default([]).describe("The shifts of traffic, in order."),
    validate: watched,
    hooks: z
      .partialRecord(z.enum(HOOKED_STAGES), z.array(label()).min(1))
      .default({})
      .describe(
        "Hooks of the other stages, in order, once what the stage does is done: `smoke` tries the candidate at 0 % through the header route, before the first shift; `complete` is after the rollback window.",
      ),
    rollbackWindow: duration
      .default("1h")
      .describe(
        "How long triggers go on watching, and a rollback stays possible, after validation. The old color keeps its capacity.",
      ),
    watch: z
      .array(lookout)
      .default([])
      .describe(
        "Stages of the rollback window, at 100 %, in order: watching by phase, sign-offs. Their soaks are part of `rollbackWindow`; what they leave of it is watched by triggers alone.",
      ),
    retire: z
      .boolean()
      .default(true)
      .describe("Whether the old color is scaled to nothing when the rollback window has ended."),
    triggers: z.array(label()).default([]).describe("Triggers that watch this plan, by name."),
    judge: judgeSchema.optional(),
    maxAttempts: count(1).default(2).describe("How often a stage may be attempted: a step back counts."),
    window: windowSchema.optional(),
    timetable: timetableSchema,
    maintenance: maintenanceSchema.optional(),
  })
  .describe("A way to bring a release to everybody. Variants, such as an accelerated one, are plans of their own.");

export type Plan = z.infer<typeof planSchema>;

/** Whether a plan gives requests to another color; without, there is no candidate to compare with, or to step back from. */
export function shiftsTraffic({ strategy }: Pick<Plan, "strategy">): boolean {
  return strategy === "blue-green" || strategy === "canary";
}
export type PlanStep = z.infer<typeof step>;
export type PlanLookout = z.infer<typeof lookout>;
