import type { Evidence, JournalRecord } from "../rollout/core/records";
import { stageOf, type State } from "../rollout/core/state";
import type { Json } from "../rollout/engine";

/** What one stage of a rehearsal did. */
export interface StageResult {
  name: string;
  stack: string;
  /** Which attempt of the stage it was, 1 for the first; 0 for what is brought up before the release. */
  attempt: number;
  /** The config values that the stage set, by path; empty for a stage that only looks. */
  patch: Readonly<Record<string, Json>>;
  /** URNs of what it changed. */
  changed: string[];
  /** URNs of what it would have changed although it may not; nothing was changed then. */
  outside: string[];
  /** Percentage of requests that green really gets, by region: read from the stand-in clouds after the stage. */
  weights: Record<string, number>;
  outcome: "passed" | "failed" | "held";
  /** Why the stage failed or holds, in a sentence. */
  reason?: string;
  /** What its gates saw, or the trigger that ended it. */
  evidence: Evidence[];
  /** How long it took, in seconds of the virtual clock. */
  virtualSeconds: number;
  /** How long it took, in seconds of the wall clock. */
  seconds: number;
}

/** Where a rollback appears among the stages. */
export const ROLLBACK = "rollback";

/** Makes the results of stages from the records of a rollout, as they are written. */
export class StageResults {
  private current?: StageResult;
  private begunAt = 0;
  private begunReally = 0;

  /**
   * @param weights - Reads green's percentages from the world.
   * @param onDone - Told each result once the stage has ended.
   * @param onBegin - Told the name of each stage that begins.
   */
  constructor(
    private readonly weights: () => Record<string, number>,
    private readonly onDone: (result: StageResult) => void,
    private readonly onBegin: (name: string) => void,
  ) {}

  record(record: JournalRecord, state: State): void {
    switch (record.type) {
      case "stage-begun": {
        this.end("failed", record.at);
        const stage = stageOf(state)!;
        this.begin({ name: stage.name, stack: stage.stack, attempt: record.attempt, patch: stage.patch }, record.at);
        break;
      }
      case "effect-done":
        this.current?.changed.push(...(record.effect.kind === "up" ? record.changed : []));
        if (record.effect.kind === "rollback") {
          this.current!.changed.push(...record.changed);
        }
        break;
      case "effect-failed":
        this.current?.outside.push(...(record.outside ?? []));
        if (this.current !== undefined) {
          this.current.reason = record.reason;
        }
        break;
      case "decided":
        this.decided(record, state);
        break;
      case "finished":
        this.end("passed", record.at);
        break;
      default:
    }
  }

  /** Ends what is open when nothing more will be recorded. */
  close(at: number): void {
    this.end("held", at);
  }

  private decided(record: JournalRecord & { type: "decided" }, state: State): void {
    const { decision } = record;
    const { current } = this;
    switch (decision.kind) {
      case "promote":
        current?.evidence.push(...decision.evidence);
        this.end("passed", record.at);
        break;
      case "warn":
      case "hold":
        if (current !== undefined) {
          current.reason = decision.reason;
          current.evidence.push(...(decision.evidence === undefined ? [] : [decision.evidence]));
        }
        break;
      case "step-back":
      case "rollback":
        if (current !== undefined) {
          current.reason = decision.reason;
          current.evidence.push(...(decision.evidence === undefined ? [] : [decision.evidence]));
        }
        this.end("failed", record.at);
        if (decision.kind === "rollback") {
          const [{ stack, patch }] = state.plan.rollback as [(typeof state.plan.rollback)[number]];
          this.begin({ name: ROLLBACK, stack, attempt: 1, patch }, record.at);
        }
        break;
    }
  }

  private begin(what: Pick<StageResult, "name" | "stack" | "attempt" | "patch">, at: number): void {
    this.current = {
      ...what,
      changed: [],
      outside: [],
      weights: {},
      outcome: "passed",
      evidence: [],
      virtualSeconds: 0,
      seconds: 0,
    };
    this.begunAt = at;
    this.begunReally = performance.now();
    this.onBegin(what.name);
  }

  private end(outcome: StageResult["outcome"], at: number): void {
    const { current } = this;
    if (current === undefined) {
      return;
    }
    this.current = undefined;
    current.outcome = outcome;
    if (outcome === "passed") {
      delete current.reason;
    }
    current.weights = this.weights();
    current.virtualSeconds = (at - this.begunAt) / 1000;
    current.seconds = Math.round((performance.now() - this.begunReally) / 10) / 100;
    this.onDone(current);
  }
}
