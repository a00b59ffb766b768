import { closedBecause } from "./window";
import { exceeded, fires, type GateCount } from "./counters";
import { TOTAL, type Gate, type WatchedStage } from "./plan";
import type { Decision, Evidence, Outcome } from "./records";
import type { Action } from "../../stacks/config/rollout/rules";
import { stageOf, stepBackTo, UNDO, WINDOW_RULE, type State } from "./state";

/** What is to be done now. One at a time: each is recorded, and then the state is looked at again. */
export type Next =
  | { do: "look"; moments: number[] }
  | { do: "decide"; decision: Decision }
  | { do: "begin"; stage: string; attempt: number }
  | { do: "up"; stage: WatchedStage }
  | { do: "probe"; stage: WatchedStage }
  | { do: "hook"; stage: WatchedStage; hook: string }
  /** Take the routers back: all of them, or those of one region. */
  | { do: "roll-back"; region?: string; without: string[] }
  /** Lay one of the plan's later rollback patches over its stack. */
  | { do: "undo"; patch: number }
  | { do: "finish"; outcome: Outcome; reason: string }
  | { do: "wait"; why: string; until?: number }
  | { do: "nothing" };

/** As many samples as one look reads: after a night without a controller, the source is not asked for all of it at once. */
const MOMENTS_AT_ONCE = 240;

/** How many ticks a region is tried alone before people are told that it needs them. It is tried on either way. */
const REGION_TRIES = 5;

/**
 * What is to be done now. Pure: the same records and the same time give the same answer. When several things hold, the
 * precedence is: trigger and signal, failures, errors, no data, expiry, promotion.
 */
export function next(state: State, now: number): Next {
  if (state.outcome !== undefined) {
    return { do: "nothing" };
  }
  if (now < state.last.at) {
    return { do: "wait", why: `the clock is ${Math.ceil((state.last.at - now) / 1000)} s behind the journal` };
  }
  if (state.rollback !== undefined) {
    return rollBack(state, now);
  }
  const urgent = decisionOf(state, now);
  if (urgent !== undefined) {
    return { do: "decide", decision: urgent };
  }
  const moments = momentsDue(state, now);
  if (moments.length > 0) {
    return { do: "look", moments };
  }
  return advance(state, now);
}

/** The ends of intervals that have not been looked at. Nothing is sampled before there is something to watch. */
function momentsDue(state: State, now: number): number[] {
  const { plan, sample, progress, exposedAt } = state;
  const since = exposedAt ?? (stageOf(state)?.gates.length === 0 ? undefined : progress.watchedSince);
  if (since === undefined) {
    return [];
  }
  const interval = plan.intervalSeconds * 1000;
  const first = (Math.floor(Math.max(sample?.at ?? 0, since) / interval) + 1) * interval;
  const due = Math.max(0, Math.floor((now - first) / interval) + 1);
  return Array.from({ length: Math.min(due, MOMENTS_AT_ONCE) }, (_, index) => first + index * interval);
}

/** What triggers, signals, failures, limits and deadlines decide, before anything goes on. */
function decisionOf(state: State, now: number): Decision | undefined {
  return (
    fromTriggers(state) ?? fromSignals(state) ?? fromFailure(state) ?? fromGates(state) ?? fromDeadline(state, now)
  );
}

function fromTriggers(state: State): Decision | undefined {
  for (const trigger of state.plan.triggers) {
    for (const [scope, count] of state.triggers.get(trigger.name) ?? []) {
      if (fires(trigger, count)) {
        const evidence: Evidence = {
          rule: `${trigger.text} for ${trigger.forSeconds} s`,
          scope,
          ...known("value", count.last.value),
          ...known("limit", count.last.limit),
          samples: count.samples,
          ...known("since", count.since),
          at: count.lastAt,
        };
        const reason = `trigger ${trigger.name}: ${trigger.text} in ${scope} for ${Math.round(count.heldSeconds!)} s (last ${shown(count.last.value)})`;
        return act(state, trigger.action, reason, trigger.decideWithinSeconds, count.lastAt, evidence);
      }
    }
  }
  return undefined;
}

function fromSignals(state: State): Decision | undefined {
  const signal = state.signals.find(({ acted }) => !acted);
  if (signal === undefined) {
    return undefined;
  }
  const { action, decideWithinSeconds } = state.plan.signals.find(({ name }) => name === signal.signal) ?? {
    action: "hold" as const,
    decideWithinSeconds: undefined,
  };
  const evidence: Evidence = {
    rule: `signal ${signal.signal}`,
    scope: "total",
    samples: 1,
    since: signal.at,
    at: signal.at,
  };
  return act(
    state,
    action,
    `signal ${signal.signal} from ${signal.by}: ${signal.reason}`,
    decideWithinSeconds,
    signal.at,
    evidence,
  );
}

/** An effect that failed. What was tried once may be tried again; what a test said is not asked again. */
function fromFailure(state: State): Decision | undefined {
  const { failed } = state;
  if (failed === undefined || state.hold !== undefined) {
    return undefined;
  }
  const stage = stageOf(state)!;
  if (failed.hold) {
    return { kind: "hold", reason: `${stage.name}: ${failed.reason}` };
  }
  const retries = failed.effect.kind === "up" && stage.kind !== "database";
  if (retries && (state.attempts.get(stage.name) ?? 0) < state.plan.maxAttempts) {
    return undefined;
  }
  return { kind: "rollback", reason: `${stage.name} failed: ${failed.reason}` };
}

function fromGates(state: State): Decision | undefined {
  const stage = stageOf(state);
  if (stage === undefined || state.hold !== undefined) {
    return undefined;
  }
  const { gates, warned } = state.progress;
  const found = (["failures", "errors", "inconclusive"] as const).flatMap((kind) =>
    stage.gates.flatMap((gate, index) =>
      [...(warned.has(index) ? [] : gates[index]!)]
        .filter(([, count]) => exceeded(gate, count) === kind)
        .map(([scope, count]) => ({ kind, gate, scope, count })),
    ),
  );
  const [first] = found;
  if (first === undefined) {
    return undefined;
  }
  const { kind, gate, scope, count } = first;
  const evidence = evidenceOf(gate, scope, count);
  if (kind === "failures") {
    const reason = `gate ${gate.text} failed in ${scope}: ${shown(count.last.value ?? undefined)}, ${count.failures} of ${count.samples} samples`;
    return act(state, gate.action, reason, gate.decideWithinSeconds, state.sample!.at, evidence);
  }
  const what = kind === "errors" ? "could not be read" : "said nothing";
  const times = kind === "errors" ? count.errorsInARow : count.inconclusiveInARow;
  return { kind: "hold", reason: `gate ${gate.text} ${what} in ${scope}, ${times} times in a row`, evidence };
}

function fromDeadline(state: State, now: number): Decision | undefined {
  const { hold, plan, progress } = state;
  if (hold !== undefined) {
    return hold.decideBy !== undefined && now >= hold.decideBy
      ? { kind: "rollback", reason: `nobody decided in time: ${hold.reason}`, ...known("evidence", hold.evidence) }
      : undefined;
  }
  const stage = stageOf(state);
  if (stage === undefined) {
    return undefined;
  }
  if (plan.window !== undefined && plan.window.atEnd !== "finish" && !state.windowWaived && shifting(state)) {
    const closed = closedBecause(plan.window, now);
    if (closed !== undefined) {
      const reason = `it was still shifting when the window closed: ${closed}`;
      const evidence: Evidence = { rule: WINDOW_RULE, scope: TOTAL, samples: 0, at: now };
      return { kind: plan.window.atEnd, reason, evidence };
    }
  }
  const waited = progress.watchedSince === undefined ? 0 : (now - progress.watchedSince) / 1000;
  return stage.maxSoakSeconds > 0 && waited >= stage.maxSoakSeconds && !passes(state, stage)
    ? {
        kind: "hold",
        reason: `${stage.name} has been watched for ${Math.round(waited)} s, and ${Math.round(progress.coveredSeconds)} s of ${stage.soakSeconds} s are covered by conclusive samples`,
      }
    : undefined;
}

/** Whether the candidate has requests and is to get more. */
function shifting({ plan, index, exposedAt }: State): boolean {
  return exposedAt !== undefined && plan.stages.slice(index).some(({ kind }) => kind === "shift");
}

/** What an action means here. A step back without a step before, or one too many, is a rollback. */
function act(
  state: State,
  action: Action,
  reason: string,
  within: number | undefined,
  at: number,
  evidence: Evidence,
): Decision {
  if (action === "step-back") {
    const target = stepBackTo(state);
    const attempts = target === undefined ? Infinity : (state.attempts.get(state.plan.stages[target]!.name) ?? 0);
    return attempts < state.plan.maxAttempts
      ? { kind: "step-back", reason, evidence }
      : { kind: "rollback", reason, evidence };
  }
  if (action === "hold") {
    return { kind: "hold", reason, evidence, ...(within === undefined ? {} : { decideBy: at + 1000 * within }) };
  }
  return { kind: action, reason, evidence };
}

/** The next thing of the current stage. */
function advance(state: State, now: number): Next {
  const { progress, hold, plan } = state;
  const stage = stageOf(state);
  if (stage === undefined) {
    return { do: "finish", outcome: "promoted", reason: `${plan.release} serves everybody` };
  }
  const applies = hold === undefined || hold.afterStepBack;
  if (!applies || (hold !== undefined && progress.applied)) {
    return { do: "wait", why: hold.reason, ...known("until", hold.decideBy) };
  }
  if (!progress.begun || state.failed !== undefined) {
    return begin(state, stage, now);
  }
  if (!progress.applied) {
    return stage.kind === "smoke" ? { do: "probe", stage } : { do: "up", stage };
  }
  const hook = stage.hooks[progress.hooksDone.length];
  if (hook !== undefined) {
    return { do: "hook", stage, hook };
  }
  if (passes(state, stage)) {
    const evidence = stage.gates.flatMap((gate, index) =>
      [...progress.gates[index]!].map(([scope, count]) => evidenceOf(gate, scope, count)),
    );
    return { do: "decide", decision: { kind: "promote", stage: stage.name, evidence } };
  }
  return { do: "wait", why: `${stage.name} is watched` };
}

function begin(state: State, stage: WatchedStage, now: number): Next {
  const missing = stage.approvals.filter((role) => !approved(state, stage, role, now));
  if (missing.length > 0) {
    return { do: "wait", why: `${stage.name} waits for the approval of ${missing.join(", ")}` };
  }
  const { window } = state.plan;
  const { exposedAt, windowWaived } = state;
  const goesOn = exposedAt !== undefined && (windowWaived || window?.atEnd === "finish" || !shifting(state));
  const closed = window === undefined || goesOn ? undefined : closedBecause(window, now);
  if (closed !== undefined) {
    return { do: "wait", why: closed };
  }
  return { do: "begin", stage: stage.name, attempt: (state.attempts.get(stage.name) ?? 0) + 1 };
}

function approved(state: State, stage: WatchedStage, role: string, now: number): boolean {
  return state.approvals.some(
    (approval) => approval.role === role && approval.stage === stage.name && now < approval.expires,
  );
}

/** Whether a stage has all that it needs to pass. A gate that nothing was counted for has no evidence. */
function passes({ progress }: State, stage: WatchedStage): boolean {
  return (
    progress.watchedSince !== undefined &&
    progress.coveredSeconds >= stage.soakSeconds &&
    stage.gates.every(({ action }, index) => {
      const counts = [...progress.gates[index]!.values()];
      return (
        counts.length > 0 &&
        counts.every(({ last }) => last.result === "met" || (action === "warn" && last.result === "unmet"))
      );
    })
  );
}

function evidenceOf(gate: Gate, scope: string, count: GateCount): Evidence {
  return {
    rule: gate.text,
    scope,
    ...known("value", count.last.value),
    ...known("limit", count.last.limit ?? (gate.condition.baseline ? undefined : gate.condition.limit)),
    samples: count.samples,
    ...known("since", count.failingSince),
    ...known("at", count.lastAt),
  };
}

/** Taking everybody back waits for nothing; what fails is tried on, region by region. */
function rollBack(state: State, now: number): Next {
  const { plan, exposedAt } = state;
  const rollback = state.rollback!;
  // Nothing was ever shifted: there is nothing to take back.
  const open =
    plan.rolling || exposedAt === undefined ? [] : plan.routed.filter((region) => !rollback.back.has(region));
  const without = open.filter((region) => state.activeUnhealthy.has(region));
  const possible = open.filter((region) => !without.includes(region));
  if (possible.length > 0 && !rollback.tried) {
    return { do: "roll-back", without };
  }
  const retry = 1000 * plan.intervalSeconds;
  const region = possible.find((each) => now >= (rollback.failedAt.get(each) ?? -Infinity) + retry);
  if (region !== undefined) {
    return { do: "roll-back", region, without };
  }
  if (possible.length > 0) {
    const until = Math.min(...possible.map((each) => rollback.failedAt.get(each)! + retry));
    return { do: "wait", why: `${possible.join(", ")} could not be taken back yet; it is tried again`, until };
  }
  const patch = plan.rollback.findIndex(
    (_, index) => index >= rollback.patchesDone + (plan.rolling ? 0 : 1) && needsUndo(state),
  );
  if (patch >= 0) {
    const failed = rollback.failedAt.get(UNDO);
    return failed !== undefined && now < failed + retry
      ? { do: "wait", why: "what has no weight could not be taken back yet; it is tried again", until: failed + retry }
      : { do: "undo", patch };
  }
  if (without.length > 0) {
    return {
      do: "wait",
      why: `${plan.active} has no healthy target in ${without.join(", ")}: sending everybody there would make it worse`,
    };
  }
  return { do: "finish", outcome: "rolled-back", reason: rollback.reason };
}

/** Consumers went to the candidate only when it was activated; a rolling release is there once it is deployed. */
function needsUndo({ plan, attempts }: State): boolean {
  return plan.stages.some(({ kind, name }) => kind === (plan.rolling ? "deploy" : "activate") && attempts.has(name));
}

/** Regions that could not be taken back although they were tried often: people are told. */
export function stuckRegions({ rollback }: State): string[] {
  return [...(rollback?.failures ?? [])]
    .filter(([region, times]) => times >= REGION_TRIES && !rollback!.back.has(region))
    .map(([region]) => region);
}

function shown(value: number | undefined): string {
  return value === undefined ? "no value" : String(Number(value.toPrecision(4)));
}

function known<Key extends string, Value>(key: Key, value: Value | undefined): { [K in Key]?: Value } {
  return (value === undefined ? {} : { [key]: value }) as { [K in Key]?: Value };
}
