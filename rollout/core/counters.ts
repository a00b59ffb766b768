import { compare, type Condition } from "../../stacks/config/rollout/condition";
import type { Color } from "../../stacks/config/fields";
import type { Gate, Trigger } from "./plan";
import type { Reading, Sample } from "./sample";
import { trendName } from "./trend";

/** What one sample says about one condition in one scope. */
export interface Verdict {
  result: "met" | "unmet" | "few" | "silent" | "error";
  value?: number;
  /** What the value was compared with, once a baseline is resolved. */
  limit?: number;
}

/** Finds readings of one sample. */
export class Readings {
  private readonly byKey: ReadonlyMap<string, Reading>;

  constructor({ readings }: Sample) {
    this.byKey = new Map(readings.map((reading) => [keyOf(reading.metric, reading.color, reading.scope), reading]));
  }

  /** A reading that is missing says nothing, as one that is empty. */
  find(metric: string, color: Color, scope: string): Reading {
    return this.byKey.get(keyOf(metric, color, scope)) ?? { metric, color, scope, silence: "empty" };
  }
}

function keyOf(metric: string, color: Color, scope: string): string {
  return `${metric} ${color} ${scope}`;
}

/** What a sample says about a condition. A value that is no finite number says nothing, whoever delivered it. */
export function judge(readings: Readings, condition: Condition, color: Color, active: Color, scope: string): Verdict {
  const { metric, comparison, trendSeconds } = condition;
  const asked = trendSeconds === undefined ? metric : trendName(metric, trendSeconds);
  const reading = usable(readings.find(asked, color, scope));
  if (reading.value === undefined) {
    return { result: silent(reading) };
  }
  let limit = condition.limit;
  if (condition.baseline) {
    const baseline = usable(readings.find(metric, active, scope));
    if (baseline.value === undefined) {
      return { result: silent(baseline), value: reading.value };
    }
    limit *= baseline.value;
  }
  return { result: compare(reading.value, comparison, limit) ? "met" : "unmet", value: reading.value, limit };
}

/** A reading without a value that is no finite number, whoever delivered it: no journal can keep one. */
export function usable(reading: Reading): Reading {
  const { value, ...rest } = reading;
  return reading.silence !== undefined || value === undefined || !Number.isFinite(value)
    ? { ...rest, silence: reading.silence ?? (value === undefined ? "empty" : "nan") }
    : reading;
}

function silent({ silence }: Reading): "few" | "silent" | "error" {
  return silence === "few" || silence === "error" ? silence : "silent";
}

/** How a gate has done in one scope since its stage is watched. */
export interface GateCount {
  samples: number;
  failures: number;
  failuresInARow: number;
  inconclusiveInARow: number;
  errorsInARow: number;
  last: Verdict;
  /** When the last conclusive sample was taken, and the first one of the failures in a row. */
  lastAt?: number;
  failingSince?: number;
}

/** Counts one sample. */
export function countGate(count: GateCount | undefined, verdict: Verdict, at: number): GateCount {
  const before = count ?? { samples: 0, failures: 0, failuresInARow: 0, inconclusiveInARow: 0, errorsInARow: 0 };
  const conclusive = verdict.result === "met" || verdict.result === "unmet";
  const failed = verdict.result === "unmet";
  const failuresInARow = failed ? before.failuresInARow + 1 : conclusive ? 0 : before.failuresInARow;
  const failingSince = failed && before.failuresInARow === 0 ? at : (before as GateCount).failingSince;
  return {
    samples: before.samples + (conclusive ? 1 : 0),
    failures: before.failures + (failed ? 1 : 0),
    failuresInARow,
    // Only a sample that says something ends a row: a source that fails and is silent by turns would never be noticed.
    // Too few requests are counted by nothing: the stage waits for them, until `maxSoak`.
    inconclusiveInARow: conclusive ? 0 : before.inconclusiveInARow + (verdict.result === "silent" ? 1 : 0),
    errorsInARow: conclusive ? 0 : before.errorsInARow + (verdict.result === "error" ? 1 : 0),
    last: verdict,
    ...(conclusive
      ? { lastAt: at }
      : (before as GateCount).lastAt === undefined
        ? {}
        : { lastAt: (before as GateCount).lastAt }),
    ...(failuresInARow > 0 && failingSince !== undefined ? { failingSince } : {}),
  };
}

/** Which limit of a gate a count exceeds, the gravest first. A limit of N tolerates N. */
export function exceeded({ limits }: Gate, count: GateCount): "failures" | "errors" | "inconclusive" | undefined {
  if (
    count.failures > limits.failures ||
    (limits.failuresInARow !== undefined && count.failuresInARow > limits.failuresInARow)
  ) {
    return "failures";
  }
  if (count.errorsInARow > limits.errorsInARow) {
    return "errors";
  }
  return count.inconclusiveInARow > limits.inconclusiveInARow ? "inconclusive" : undefined;
}

/** How long a trigger's condition has held in one scope. */
export interface TriggerCount {
  /** Seconds over which every conclusive sample met the condition; absent when the last conclusive one did not. */
  heldSeconds?: number;
  /** When the first of them was taken. */
  since?: number;
  samples: number;
  /** When the last sample was taken, conclusive or not. */
  lastAt: number;
  last: Verdict;
  /** Whether its action was decided on already; a healthy sample arms it again. */
  acted: boolean;
}

/**
 * Counts one sample of a trigger. A sample that meets the condition adds the time since the one before; a healthy one clears
 * it; one that says nothing freezes it: it neither adds nor clears.
 */
export function countTrigger(count: TriggerCount | undefined, verdict: Verdict, at: number): TriggerCount {
  if (verdict.result === "unmet") {
    return { samples: 0, lastAt: at, last: verdict, acted: false };
  }
  if (verdict.result !== "met") {
    return count === undefined
      ? { samples: 0, lastAt: at, last: verdict, acted: false }
      : { ...count, lastAt: at, last: verdict };
  }
  const held = count?.heldSeconds;
  return {
    heldSeconds: held === undefined ? 0 : held + (at - count!.lastAt) / 1000,
    since: held === undefined ? at : count!.since!,
    samples: (held === undefined ? 0 : count!.samples) + 1,
    lastAt: at,
    last: verdict,
    acted: count?.acted ?? false,
  };
}

/** Whether a trigger's condition has lasted. */
export function fires({ forSeconds }: Trigger, count: TriggerCount): boolean {
  return (
    !count.acted && count.last.result === "met" && count.heldSeconds !== undefined && count.heldSeconds >= forSeconds
  );
}
