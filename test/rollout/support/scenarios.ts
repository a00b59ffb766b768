import fc from "fast-check";
import type { RolloutPlan } from "../../../rollout/core/plan";
import type { Value } from "./fakeWorld";
import type { Mishaps } from "./modelWorld";
import { planned } from "./plans";
import { STARTER } from "./story";

export const REGIONS = ["us-east-1", "eu-west-1", "eu-central-1"] as const;
/** Those with requests. */
const SERVING = ["us-east-1", "eu-west-1"] as const;
const APPROVER = "grace@example.org";

/** From one interval to another, counted from the rollout's begin. */
interface During {
  from: number;
  length: number;
}

/** A time in which one metric of the candidate, or of the active color, says something else than usual. */
export interface Episode extends During {
  metric: string;
  of: "candidate" | "active" | "both";
  scopes: readonly string[];
  value: Value;
}

export type Mishap = During &
  (
    | { kind: "deaf"; region: string }
    | { kind: "dead"; region: string }
    | { kind: "moved"; region: string; green: number }
    | { kind: "up fails"; how: "before" | "half" }
    | { kind: "slow up"; intervals: number; stubborn: boolean }
    | { kind: "foreign change" }
    | { kind: "hook fails" }
    | { kind: "unreachable" }
    | { kind: "forbidden" }
  );

/** What people ask for, besides the approvals that they are asked for. */
export interface Asked {
  at: number;
  kind: "hold" | "resume" | "promote" | "abort" | "incident" | "feedback";
}

export interface Scenario {
  plan: RolloutPlan;
  episodes: Episode[];
  mishaps: Mishap[];
  asked: Asked[];
  /** Points at which a controller is killed, counted from the rollout's begin. */
  kills: number[];
}

type Acts = { action: "rollback" | "hold" | "step-back" | "warn"; decideWithin?: string };

const oneOf = <Type>(...values: Type[]): fc.Arbitrary<Type> => fc.constantFrom(...values);
const interval = (least: number, most: number) => fc.integer({ min: least, max: most }).map((each) => `${30 * each}s`);
/** `decideWithin` only where it means something. */
const acts: fc.Arbitrary<Acts> = fc
  .record({
    action: oneOf<Acts["action"]>("rollback", "hold", "step-back", "step-back", "warn"),
    within: fc.option(interval(1, 8), { nil: undefined }),
  })
  .map(({ action, within }) => ({
    action,
    ...(action === "hold" && within !== undefined ? { decideWithin: within } : {}),
  }));
const METRICS = ["error-rate", "latency", "engagement", "healthy-targets"] as const;
const gate = fc
  .record({
    require: fc.constantFrom("error-rate < 1", "latency <= 1", "engagement >= baseline * 0.9"),
    failures: fc.integer({ min: 0, max: 2 }),
    row: fc.integer({ min: 0, max: 3 }),
    acts,
  })
  .map(({ require, failures, row, acts }) => ({
    require,
    limits: { failures, inconclusiveInARow: row, errorsInARow: row },
    ...acts,
  }));
const watched = fc.record({ soak: interval(1, 3), gates: fc.array(gate, { minLength: 1, maxLength: 2 }) });
const approvals = oneOf<string[]>([], [], [], ["captain"]);
const hooks = oneOf<string[]>([], [], ["smoke"], ["smoke", "load"]);

/** Shares that grow from step to step; sometimes a region goes first. */
const steps = fc
  .record({
    ladder: fc.subarray([0.1, 1, 10, 25, 50], { maxLength: 3 }),
    ahead: fc.option(fc.record({ region: fc.constantFrom(...SERVING), share: fc.constantFrom(1, 10, 100) }), {
      nil: undefined,
    }),
    second: fc.boolean(),
    each: fc.array(fc.record({ watched, approvals, hooks }), { minLength: 6, maxLength: 6 }),
  })
  .map(({ ladder, ahead, second, each }) => {
    const led =
      ahead === undefined
        ? []
        : [
            { share: ahead.share, regions: [ahead.region] },
            ...(second ? [{ share: ahead.share, regions: [SERVING.find((region) => region !== ahead.region)!] }] : []),
          ];
    const rest = ladder.filter((share) => ahead === undefined || share > ahead.share).map((share) => ({ share }));
    return [...led, ...rest, { share: 100 }].map((step, index) => {
      const { watched, approvals, hooks } = each[index]!;
      return { ...step, ...watched, approvals, hooks };
    });
  });

const window = fc.option(
  fc.record({
    zone: fc.constant("UTC"),
    from: fc.constantFrom("14:00", "15:03"),
    to: fc.constantFrom("15:10", "15:25", "23:00"),
    atEnd: oneOf<"hold" | "rollback" | "finish">("hold", "rollback", "finish"),
  }),
  { nil: undefined, freq: 4 },
);

const plan: fc.Arbitrary<RolloutPlan> = fc
  .record({
    strategy: oneOf<"blue-green" | "canary" | "rolling">(
      ...(["blue-green", "blue-green", "blue-green", "canary", "canary", "canary", "rolling"] as const),
    ),
    steps,
    before: fc.record({ gates: oneOf<string[]>([], ["healthy-targets >= 1"]), approvals, hooks }),
    validate: fc.record({ soak: interval(1, 3), gates: fc.array(gate, { minLength: 1, maxLength: 2 }), hooks }),
    rollbackWindow: interval(1, 4),
    retire: fc.boolean(),
    maxAttempts: fc.integer({ min: 1, max: 3 }),
    window,
    errors: fc.record({ for: interval(2, 4), acts }),
    slow: fc.record({ for: interval(2, 4), acts }),
    triggers: fc.subarray(["errors", "slow"], { minLength: 1 }),
    databaseChange: fc.boolean(),
    activeHealthy: fc.boolean(),
    active: fc.constantFrom("blue" as const, "green" as const),
  })
  .map(
    ({ strategy, steps, before, validate, errors, slow, activeHealthy, active, databaseChange, window, ...rest }) => {
      const rolling = strategy === "rolling";
      const alone = (gates: { require: string; action: string }[]) =>
        rolling ? gates.filter((each) => !each.require.includes("baseline") && each.action !== "step-back") : gates;
      const config = {
        databaseChange,
        triggers: {
          errors: { when: "error-rate > 5", for: errors.for, ...errors.acts },
          slow: { when: "latency > 2", for: slow.for, ...slow.acts },
        },
        signals: {
          incident: { description: "somebody is in" },
          feedback: { description: "people are unhappy", action: "hold", decideWithin: "2m" },
        },
        hooks: { smoke: { command: ["true"] }, load: { command: ["true"] } },
        approvers: { captain: [APPROVER] },
        updateEvery: "5m",
        ...(activeHealthy ? { activeHealthy: "healthy-targets >= 1" } : {}),
      };
      const options = {
        ...rest,
        strategy,
        before,
        validate: { ...validate, gates: alone(validate.gates) },
        steps: rolling ? [] : steps,
        ...(window === undefined ? {} : { window }),
      };
      // The schema reads it, as it reads what people write.
      return planned(options as Parameters<typeof planned>[0], config as Parameters<typeof planned>[1], {
        active,
        releases: { [active]: { version: "2.1.0", images: {} } },
      });
    },
  );

const during = { from: fc.integer({ min: 0, max: 16 }), length: fc.integer({ min: 1, max: 12 }) };
const region = fc.constantFrom(...REGIONS);
const scopes = oneOf<readonly string[]>(["us-east-1"], ["eu-west-1"], ["total"], [...SERVING, "total"]);
const value = oneOf<Value>(
  1,
  1.5,
  1.5,
  1.5,
  5,
  5.5,
  5.5,
  5.5,
  50,
  NaN,
  Infinity,
  { silence: "empty" },
  { silence: "stale" },
  { silence: "few" },
  { silence: "error", error: "time-out" },
);
const episode: fc.Arbitrary<Episode> = fc.record({
  ...during,
  metric: fc.constantFrom(...METRICS, "error-rate", "latency"),
  of: oneOf<Episode["of"]>("candidate", "candidate", "candidate", "active", "both"),
  scopes,
  value,
});
const mishap: fc.Arbitrary<Mishap> = fc.oneof(
  fc.record({ ...during, kind: fc.constant("deaf" as const), region }),
  fc.record({ ...during, kind: fc.constant("dead" as const), region }),
  fc.record({ ...during, kind: fc.constant("moved" as const), region, green: oneOf(0, 5, 50, 100) }),
  fc.record({ ...during, kind: fc.constant("up fails" as const), how: oneOf<"before" | "half">("before", "half") }),
  fc.record({
    ...during,
    kind: fc.constant("slow up" as const),
    intervals: fc.integer({ min: 1, max: 6 }),
    stubborn: fc.boolean(),
  }),
  ...(["foreign change", "hook fails", "unreachable", "forbidden"] as const).map((kind) =>
    fc.record({ ...during, kind: fc.constant(kind) }),
  ),
);

const asked: fc.Arbitrary<Asked> = fc.record({
  at: fc.integer({ min: 0, max: 30 }),
  kind: oneOf<Asked["kind"]>(
    ...(["hold", "resume", "promote"] as const).flatMap((kind) => [kind, kind, kind]),
    ...(["abort", "incident", "feedback"] as const),
  ),
});

/** What rules are there for: the candidate is worse, everywhere, for some minutes. */
const surge: fc.Arbitrary<Episode> = fc.record({
  from: fc.integer({ min: 0, max: 8 }),
  length: fc.integer({ min: 2, max: 8 }),
  metric: oneOf("error-rate", "latency"),
  of: fc.constant("candidate" as const),
  scopes: fc.constant([...SERVING, "total"]),
  value: oneOf<Value>(1.5, 5.5),
});

/** A rollout of any kind, in a world in which anything may go wrong. */
export const scenarios: fc.Arbitrary<Scenario> = fc.record({
  plan,
  episodes: fc.array(fc.oneof({ arbitrary: episode, weight: 2 }, { arbitrary: surge, weight: 1 }), { maxLength: 4 }),
  mishaps: fc.array(mishap, { maxLength: 2 }),
  asked: fc.oneof(
    { arbitrary: fc.constant<Asked[]>([]), weight: 2 },
    { arbitrary: fc.array(asked, { maxLength: 4 }), weight: 3 },
  ),
  kills: fc.array(fc.integer({ min: 0, max: 200 }), { maxLength: 3 }),
});

const isNow = ({ from, length }: During, now: number) => now >= from && now < from + length;

/** What a scenario's metrics say. @param index - Intervals since it began. */
export function valueIn(
  { plan, episodes }: Scenario,
  metric: string,
  color: string,
  scope: string,
  index: number,
): Value {
  const found = episodes.find(
    (each) =>
      each.metric === metric &&
      isNow(each, index) &&
      each.scopes.includes(scope) &&
      (each.of === "both" || (each.of === "candidate") === (color === plan.candidate)),
  );
  return found?.value ?? (metric === "healthy-targets" ? 2 : 0.5);
}

/** A scenario's mishaps. @param now - Intervals since it began. */
export function mishapsOf({ mishaps }: Scenario, now: () => number): Mishaps {
  const active = <Kind extends Mishap["kind"]>(kind: Kind) =>
    mishaps.filter((each): each is Extract<Mishap, { kind: Kind }> => each.kind === kind && isNow(each, now()));
  return {
    deaf: (name) => active("deaf").some((each) => each.region === name),
    dead: (name) => active("dead").some((each) => each.region === name),
    up: () => active("up fails")[0]?.how,
    slow: () => active("slow up")[0],
    foreign: () => active("foreign change").length > 0,
    hook: () => (active("hook fails").length > 0 ? "the login fails" : undefined),
    unreachable: () => (active("unreachable").length > 0 ? "503" : undefined),
    forbidden: () => active("forbidden").length > 0,
  };
}

export { APPROVER, STARTER };
