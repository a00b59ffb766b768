import type { GateCount } from "../rollout/core/counters";
import type { Gate, Trigger, WatchedStage } from "../rollout/core/plan";
import type { Decision, Effect, JournalRecord } from "../rollout/core/records";
import type { Hold, State } from "../rollout/core/state";
import type { Metric, Verdict } from "../rollout/judge";

/** A record of one type. */
export type RecordOf<Type extends JournalRecord["type"]> = Extract<JournalRecord, { type: Type }>;

/** How one attempt of a stage ended. */
export type StageEnd = "passed" | "stepped-back" | "rolled-back" | "open";

/** How a gate did in one scope, in one attempt of its stage. */
export interface GateSeen {
  gate: Gate;
  scope: string;
  count: GateCount;
  /** The value that was nearest to failing, or failed by most. */
  worst?: number;
}

/** How near a trigger came in one scope, in the whole rollout. */
export interface TriggerSeen {
  trigger: Trigger;
  scope: string;
  /** Seconds that its condition lasted at the longest; undefined when it never held. */
  longestSeconds?: number;
  worst?: number;
  /** Samples that it was asked of, and those that said something. */
  asked: number;
  conclusive: number;
}

/** A look of the judge. */
export interface Look {
  record: RecordOf<"judged">;
  /** What it compared, in the order of the verdict; empty for one of a release of Cutover that compared other things. */
  metrics: readonly Metric[];
  verdict: Verdict;
}

/** What was done to the world: its end, and what it changed. */
export interface EffectSeen {
  effect: Effect;
  from: number;
  /** Undefined when its end is not known. */
  end?: RecordOf<"effect-done" | "effect-failed">;
}

/** One attempt of one stage. */
export interface StageRun {
  stage: WatchedStage;
  /** Its place in the plan, from 1. */
  number: number;
  attempt: number;
  /** When its turn came: the one before had ended. Between this and `from` it waited: for approvals, for its window, for people. */
  due: number;
  /** When it was begun; undefined when it never was. */
  from?: number;
  to?: number;
  end: StageEnd;
  effects: EffectSeen[];
  decisions: { at: number; decision: Decision }[];
  gates: GateSeen[];
  looks: Look[];
}

/** Everything that a report says, read from the records of one rollout. */
export interface History {
  records: readonly JournalRecord[];
  started: RecordOf<"started">;
  /** Where it stands after the last record. */
  state: State;
  runs: StageRun[];
  /** What was done to take everybody back. */
  undone: EffectSeen[];
  /** When nothing was promoted: `to` is undefined while it still holds. */
  holds: { hold: Hold; to?: number }[];
  triggers: TriggerSeen[];
  /** When the candidate first could have requests. */
  exposedAt?: number;
  /** The time of the first and of the last record, milliseconds since the epoch. */
  from: number;
  to: number;
}
