import type { TriggerCount } from "../rollout/core/counters";
import { comparedIn } from "../rollout/core/judged";
import type { Gate, Trigger } from "../rollout/core/plan";
import type { Decision, Effect, JournalRecord } from "../rollout/core/records";
import { apply, replay } from "../rollout/core/replay";
import { stageOf, type State } from "../rollout/core/state";
import { compare } from "../stacks/config/rollout/condition";
import type { EffectSeen, History, RecordOf, StageEnd, StageRun, TriggerSeen } from "./seen";

/**
 * Reads the records of a rollout with the controller's own state, so that what the report counts is what the controller
 * counted. Pure.
 *
 * @throws Error when the records do not begin with the rollout's plan.
 */
export function historyOf(id: string, records: readonly JournalRecord[]): History {
  return new Reader(id, records).read();
}

class Reader {
  private readonly state: State;
  private readonly runs: StageRun[] = [];
  private readonly undone: EffectSeen[] = [];
  private readonly holds: History["holds"] = [];
  private readonly triggers = new Map<string, TriggerSeen>();
  private readonly worst = new Map<string, number>();
  private current: StageRun | undefined;

  constructor(
    id: string,
    private readonly records: readonly JournalRecord[],
  ) {
    this.state = replay(id, records.slice(0, 1));
  }

  read(): History {
    const { state, records, runs, undone, holds } = this;
    const started = records[0] as RecordOf<"started">;
    this.turn(started.at);
    for (const record of records.slice(1)) {
      this.before(record);
      apply(state, record);
      this.after(record);
    }
    this.keepGates();
    return {
      records,
      started,
      state,
      // A stage whose turn came when all was over has nothing to say.
      runs: runs.filter(
        ({ from, decisions }) => from !== undefined || decisions.length > 0 || state.outcome === undefined,
      ),
      undone,
      holds,
      triggers: [...this.triggers.values()],
      ...(state.exposedAt === undefined ? {} : { exposedAt: state.exposedAt }),
      from: started.at,
      to: records.at(-1)!.at,
    };
  }

  /** It is the next stage's turn. */
  private turn(due: number): void {
    const { state } = this;
    const stage = stageOf(state);
    this.worst.clear();
    this.current =
      stage === undefined
        ? undefined
        : {
            stage,
            number: state.index + 1,
            attempt: (state.attempts.get(stage.name) ?? 0) + 1,
            due,
            end: "open",
            effects: [],
            decisions: [],
            gates: [],
            looks: [],
          };
    if (this.current !== undefined) {
      this.runs.push(this.current);
    }
  }

  /** What is gone once the record is applied. */
  private before(record: JournalRecord): void {
    const { state, current } = this;
    if (record.type === "decided" && current !== undefined) {
      current.decisions.push({ at: record.at, decision: record.decision });
      if (record.decision.kind in ENDS) {
        this.keepGates();
      }
    }
    if (record.type === "judged" && current !== undefined) {
      // A copy: a later look at the same stage adds to the same values.
      const metrics = structuredClone(comparedIn(state.plan, current.stage, state.progress.series));
      const { verdict } = record;
      const known = metrics.map(({ name }) => name).join() === verdict.metrics.map(({ name }) => name).join();
      current.looks.push({ record, verdict, metrics: known ? metrics : [] });
    }
    if (record.type === "stage-begun" && current?.from !== undefined && record.attempt > current.attempt) {
      this.keepGates();
      current.to = record.at;
      this.turn(record.at);
    }
  }

  private after(record: JournalRecord): void {
    const { current } = this;
    switch (record.type) {
      case "stage-begun":
        this.current!.from ??= record.at;
        break;
      case "effect-begun":
        this.effects(record.effect).push({ effect: record.effect, from: record.at });
        break;
      case "effect-done":
      case "effect-failed": {
        const begun = this.effects(record.effect).at(-1);
        if (begun !== undefined && begun.end === undefined) {
          begun.end = record;
        } else {
          this.effects(record.effect).push({ effect: record.effect, from: record.at, end: record });
        }
        break;
      }
      case "sampled":
        this.sampled(record.sample.at);
        break;
      case "decided": {
        const end = ENDS[record.decision.kind];
        if (end !== undefined && current !== undefined) {
          current.to = record.at;
          current.end = end;
        }
        if (end === "rolled-back") {
          this.current = undefined;
        } else if (end !== undefined) {
          this.turn(record.at);
        }
        break;
      }
    }
    this.held(record.at);
  }

  private effects(effect: Effect): EffectSeen[] {
    return effect.kind === "rollback" || this.current === undefined ? this.undone : this.current.effects;
  }

  private held(at: number): void {
    const last = this.holds.at(-1);
    const { hold } = this.state;
    const open = last !== undefined && last.to === undefined;
    if (hold === undefined) {
      if (open) {
        last.to = at;
      }
    } else if (open && last.hold.since === hold.since) {
      last.hold = hold;
    } else {
      this.holds.push({ hold });
    }
  }

  private sampled(at: number): void {
    const { state, current } = this;
    current?.stage.gates.forEach(({ condition }, index) => {
      for (const [scope, { last, lastAt }] of state.progress.gates[index] ?? []) {
        if (lastAt === at && last.value !== undefined) {
          const key = `${index} ${scope}`;
          this.worst.set(key, worse(condition.comparison, this.worst.get(key), last.value));
        }
      }
    });
    for (const trigger of state.plan.triggers) {
      state.triggers.get(trigger.name)?.forEach((count, scope) => this.triggered(trigger, scope, count, at));
    }
  }

  private triggered(trigger: Trigger, scope: string, { heldSeconds, last, lastAt }: TriggerCount, at: number): void {
    if (lastAt !== at) {
      return;
    }
    const key = `${trigger.name} ${scope}`;
    const seen = this.triggers.get(key) ?? { trigger, scope, asked: 0, conclusive: 0 };
    this.triggers.set(key, seen);
    const says = last.result === "met" || last.result === "unmet";
    seen.asked += 1;
    seen.conclusive += says ? 1 : 0;
    if (says && last.value !== undefined) {
      // What a trigger asks for is bad: the nearer to it, the worse.
      const { comparison } = trigger.condition;
      seen.worst = worse(comparison.startsWith(">") ? "<" : ">", seen.worst, last.value);
    }
    if (heldSeconds !== undefined) {
      seen.longestSeconds = Math.max(seen.longestSeconds ?? 0, heldSeconds);
    }
  }

  private keepGates(): void {
    const { current, state } = this;
    if (current === undefined) {
      return;
    }
    current.gates = current.stage.gates.flatMap((gate, index) =>
      [...(state.progress.gates[index] ?? [])].map(([scope, count]) => {
        const worst = this.worst.get(`${index} ${scope}`);
        return { gate, scope, count, ...(worst === undefined ? {} : { worst }) };
      }),
    );
  }
}

/** What ends an attempt. */
const ENDS: Partial<Record<Decision["kind"], StageEnd>> = {
  promote: "passed",
  "step-back": "stepped-back",
  rollback: "rolled-back",
};

/** Of two values, the one that a wanted comparison fails by more. */
function worse(wanted: Gate["condition"]["comparison"], one: number | undefined, other: number): number {
  return one === undefined || !compare(one, wanted.startsWith("<") ? ">" : "<", other) ? other : one;
}
