import { decided } from "./decided";
import { effectBegun, effectDone, effectFailed } from "./effects";
import { own } from "./owned";
import type { JournalRecord } from "./records";
import { sampled } from "./sampled";
import { noProgress, signedKey, stageOf, type State } from "./state";

/** Replays records. @throws Error when they do not begin with `started`: the journal checks that before. */
export function replay(id: string, records: readonly JournalRecord[]): State {
  const [first, ...others] = records;
  if (first?.type !== "started") {
    throw new Error(`rollout ${id} does not begin with its plan`);
  }
  const state = begin(id, first);
  others.forEach((record) => apply(state, record));
  return state;
}

function begin(id: string, record: JournalRecord & { type: "started" }): State {
  const { plan, digest, by, at, sequence, hash, routers } = record;
  return {
    id,
    plan,
    digest,
    by,
    begun: at,
    index: 0,
    attempts: new Map(),
    progress: noProgress(plan.stages[0]),
    patches: new Map(),
    approvals: [],
    signed: new Set(),
    signals: [],
    looks: 0,
    triggers: new Map(),
    windowWaived: false,
    shares: {},
    serving: new Set(),
    routers: new Set(routers.map(({ urn }) => urn)),
    histories: new Map(),
    activeUnhealthy: new Set(),
    warnings: [],
    toldLate: -1,
    last: { sequence, at, hash },
    toldAt: at,
  };
}

/** Lays one record over a state. The state changes in place: a rollout of days has tens of thousands of records. */
export function apply(state: State, record: JournalRecord): void {
  state.last = { sequence: record.sequence, at: record.at, hash: record.hash };
  switch (record.type) {
    case "started":
      throw new Error(`rollout ${state.id} begins twice`);
    case "stage-begun":
      state.attempts.set(record.stage, record.attempt);
      stageBegun(state, record.at);
      break;
    case "effect-begun":
      effectBegun(state, record);
      break;
    case "effect-done":
      effectDone(state, record);
      break;
    case "effect-failed":
      effectFailed(state, record);
      break;
    case "sampled":
      sampled(state, record.sample);
      break;
    case "judged":
      state.looks = record.look;
      state.progress.verdicts.push(record.verdict);
      break;
    case "decided":
      decided(state, record.decision, record.at);
      break;
    case "approved":
      state.approvals.push(record);
      if (record.signature !== undefined) {
        state.signed.add(signedKey(record));
      }
      break;
    case "signaled":
      state.signals.push({ signal: record.signal, by: record.by, reason: record.reason, at: record.at, acted: false });
      break;
    case "resumed":
      state.windowWaived ||= state.hold?.windowClosed === true;
      state.hold = undefined;
      rewatch(state, record.at);
      break;
    case "overridden":
      state.warnings.push(`${record.by} ran ${record.stack} past the rollout: ${record.reason}`);
      break;
    case "notified":
      if (record.notice === "update") {
        state.toldAt = record.at;
      }
      break;
    case "finished":
      state.outcome = { outcome: record.outcome, reason: record.reason, at: record.at };
      break;
  }
}

function stageBegun(state: State, at: number): void {
  const stage = stageOf(state)!;
  // A stage that only looks has nothing to apply.
  const applied = Object.keys(stage.patch).length === 0 && stage.kind !== "smoke" && stage.runs !== true;
  state.failed = undefined;
  state.progress = {
    ...noProgress(stage),
    begun: true,
    applied,
    ...(applied && stage.hooks.length === 0 ? { watchedSince: at } : {}),
  };
  own(state, stage);
}

/** Begins to watch the stage anew: what was counted before people stepped in is not held against it. */
function rewatch(state: State, at: number): void {
  const { progress } = state;
  progress.coveredSeconds = 0;
  progress.gates = noProgress(stageOf(state)).gates;
  progress.warned = new Set();
  progress.series = new Map();
  progress.verdicts = [];
  if (progress.watchedSince !== undefined) {
    progress.watchedSince = at;
  }
}
