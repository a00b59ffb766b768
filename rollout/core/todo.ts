import type { WatchedStage } from "./plan";
import type { Decision, Outcome } from "./records";

/** What is to be done now. One at a time: each is recorded, and then the state is looked at again. */
export type Next =
  | { do: "look"; moments: number[] }
  | { do: "decide"; decision: Decision }
  | { do: "begin"; stage: string; attempt: number }
  | { do: "up"; stage: WatchedStage }
  | { do: "probe"; stage: WatchedStage }
  | { do: "hook"; stage: WatchedStage; hook: string }
  /** Compare the candidate with the active color; which look of the rollout it is, from 1. */
  | { do: "judge"; stage: WatchedStage; look: number }
  /** Take the routers back: all of them, or those of one region. */
  | { do: "roll-back"; region?: string; without: string[] }
  /** Lay one of the plan's later rollback patches over its stack. */
  | { do: "undo"; patch: number }
  | { do: "finish"; outcome: Outcome; reason: string }
  | { do: "wait"; why: string; until?: number }
  | { do: "nothing" };
