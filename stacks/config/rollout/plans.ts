import { z } from "zod";
import { awsRegion, count, duration, label, percent } from "../fields";
import { gateSchema } from "./rules";

export const STRATEGIES = ["blue-green", "canary", "rolling"] as const;
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

const soak = duration.describe("How long the stage is watched: time that is covered by conclusive samples.");
const maxSoak = duration
  .optional()
  .describe("How long the stage may take to be covered; then it holds. @default - twice `soak`");

const step = z.strictObject({
  share: percent.describe("Percentage of requests that the candidate serves in this stage."),
  name: label().optional().describe("What the stage is called: `early-adopters`. @default - shift-<share>"),
  regions: z
    .array(awsRegion)
    .min(1)
    .optional()
    .describe("Regions that go first; the others stay as they are until a later step. @default - all"),
  soak: soak.optional(),
  maxSoak,
  gates,
  hooks,
  approvals,
});

const before = z
  .strictObject({
    gates,
    hooks: hooks.describe("Hooks that run before anything is changed."),
    checklist: z
      .array(z.string().min(1).max(200))
      .default([])
      .describe("What people confirm before anything is changed: the go/no-go list."),
    approvals: approvals.describe("Roles that confirm the list, each for itself."),
  })
  .prefault({})
  .describe("What must hold before anything is changed.");

const watched = z
  .strictObject({ soak, maxSoak, gates, hooks })
  .describe("Stage at 100 % in which the release is validated, before what has no weight moves.");

export const DAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"] as const;
const clockTime = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, "hh:mm");
const zone = z.string().refine(isTimeZone, "a time zone such as Europe/London");

const window = z
  .strictObject({
    zone: zone.describe("Time zone of the hours."),
    from: clockTime.describe("When it opens, hh:mm."),
    to: clockTime.describe("When it closes, hh:mm; earlier than `from` means the next day."),
    days: z
      .array(z.enum(DAYS))
      .min(1)
      .default([...DAYS])
      .describe("Days on which it opens."),
    blackouts: z
      .array(z.strictObject({ from: z.iso.date(), to: z.iso.date(), why: z.string().min(1) }))
      .default([])
      .describe("Days, first and last included, on which nothing is shifted: exams, the start of term."),
    atEnd: z
      .enum(["hold", "rollback", "finish"])
      .default("hold")
      .describe("What happens to a rollout that is still shifting when the window closes."),
  })
  .describe("When stages may be applied. Watching and rolling back go on outside of it.");

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

export const planSchema = z
  .strictObject({
    description: z.string().max(200).optional().describe("What the plan is for."),
    strategy: z
      .enum(STRATEGIES)
      .describe(
        "blue-green: the candidate has its full capacity before the first shift. canary: it has the capacity of each step, before that step. " +
          "rolling: no second color; the active color's pods are replaced where they run, and `steps` stays empty.",
      ),
    before,
    steps: z.array(step).default([]).describe("The shifts of traffic, in order."),
    validate: watched,
    rollbackWindow: duration
      .default("1h")
      .describe(
        "How long triggers go on watching, and a rollback stays possible, after validation. The old color keeps its capacity.",
      ),
    retire: z
      .boolean()
      .default(true)
      .describe("Whether the old color is scaled to nothing when the rollback window has ended."),
    triggers: z.array(label()).default([]).describe("Triggers that watch this plan, by name."),
    judge: judgeSchema.optional(),
    maxAttempts: count(1).default(2).describe("How often a stage may be attempted: a step back counts."),
    window: window.optional(),
  })
  .describe("A way to bring a release to everybody. Variants, such as an accelerated one, are plans of their own.");

export type Plan = z.infer<typeof planSchema>;
export type PlanStep = z.infer<typeof step>;
export type WindowConfig = z.infer<typeof window>;

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat("en", { timeZone: name });
    return true;
  } catch {
    return false;
  }
}
