import { closedBecause, minutesIn, minutesSinceOpening } from "./window";
import { exceeded, fires, type GateCount } from "./counters";
import { evidenceOf as evidenceOfJudge, isJudged, LOOKS_PER_STAGE, reasonOf, sawTooLittle } from "./judged";
import { TOTAL, type Gate, type RollbackPatch, type RolloutPlan, type WatchedStage } from "./plan";
import type { Decision, Evidence, Outcome } from "./records";
import { ACTIONS, type Action } from "../../stacks/config/rollout/rules";
import {
  isPastRollback,
  pageIsOn,
  signalRule,
  stageOf,
  stepBackTo,
  timetableRule,
  triggerRule,
  UNDO,
  WINDOW_RULE,
  type State,
} from "./state";

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
  if (state.rollback !== undefined) {
    return rollBack(state, now);
  }
  if (now < state.last.at) {
    return { do: "wait", why: `the clock is ${Math.ceil((state.last.at - now) / 1000)} s behind the journal` };
  }
  const urgent = decisionOf(state, now);
  if (urgent !== undefined) {
    return { do: "decide", decision: urgent };
  }
  const moments = momentsDue(state, now);
  if (moments.length > 0) {
    return { do: "look", moments };
  }
  const expired = fromExpiry(state, now);
  return expired === undefined ? advance(state, now) : { do: "decide", decision: expired };
}

/**
 * What is to be done while an effect is under way: samples are looked at, and what they say is decided on. A step back and a
 * promotion wait until it has ended: they leave the stage that it is for.
 */
export function meanwhile(state: State, now: number): Next {
  const todo = next(state, now);
  if (todo.do === "look" || (todo.do === "decide" && !["promote", "step-back"].includes(todo.decision.kind))) {
    return todo;
  }
  const moments = now < state.last.at ? [] : momentsDue(state, now);
  return todo.do === "decide" && moments.length > 0 ? { do: "look", moments } : { do: "nothing" };
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
  const outside = isPastRollback(state) ? [] : [...fromTriggers(state, now), ...fromSignals(state, now)];
  return (
    gravest(outside) ??
    fromFailure(state) ??
    fromGates(state, now) ??
    fromDeadline(state, now) ??
    fromTimetable(state, now)
  );
}

/** The gravest of several decisions; the first of those that are as grave. */
function gravest(decisions: readonly Decision[]): Decision | undefined {
  return [...decisions].sort((one, other) => gravity(other.kind) - gravity(one.kind))[0];
}

function gravity(kind: Decision["kind"]): number {
  return kind === "promote" ? -1 : ACTIONS.indexOf(kind);
}

/** One decision for each trigger that fires, wherever it does. */
function fromTriggers(state: State, now: number): Decision[] {
  return state.plan.triggers.flatMap((trigger) => {
    const fired = [...(state.triggers.get(trigger.name) ?? [])].find(([, count]) => fires(trigger, count));
    if (fired === undefined) {
      return [];
    }
    const [scope, count] = fired;
    const evidence: Evidence = {
      rule: triggerRule(trigger),
      scope,
      ...known("value", count.last.value),
      ...known("limit", count.last.limit),
      samples: count.samples,
      ...known("since", count.since),
      at: count.lastAt,
    };
    const reason = `trigger ${trigger.name}: ${trigger.text} in ${scope} for ${Math.round(count.heldSeconds!)} s (last ${shown(count.last.value)})`;
    return [act(state, trigger.action, reason, trigger.decideWithinSeconds, now, evidence)];
  });
}

function fromSignals(state: State, now: number): Decision[] {
  return state.signals
    .filter(({ acted }) => !acted)
    .map(({ signal, by, reason, at }) => {
      const { action, decideWithinSeconds } = state.plan.signals.find(({ name }) => name === signal)!;
      const evidence: Evidence = { rule: signalRule(signal), scope: TOTAL, samples: 1, since: at, at };
      return act(state, action, `signal ${signal} from ${by}: ${reason}`, decideWithinSeconds, now, evidence);
    });
}

/** An effect that failed. What was tried once may be tried again; what a test said is not asked again. */
function fromFailure(state: State): Decision | undefined {
  const { failed, hold } = state;
  if (failed === undefined || (hold !== undefined && !hold.afterStepBack)) {
    return undefined;
  }
  const stage = stageOf(state)!;
  // What cannot go back a stage goes back all the way: to hold would leave the candidate its share.
  if ((failed.hold && hold === undefined) || isPastRollback(state)) {
    return { kind: "hold", reason: `${stage.name}: ${failed.reason}` };
  }
  const retries = failed.effect.kind === "up" && !failed.hold && stage.kind !== "database";
  if (retries && (state.attempts.get(stage.name) ?? 0) < state.plan.maxAttempts) {
    return undefined;
  }
  return { kind: "rollback", reason: `${stage.name} failed: ${failed.reason}` };
}

function fromGates(state: State, now: number): Decision | undefined {
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
  // Of several gates that failed, the gravest acts: once it holds, the others are not asked.
  const { kind, gate, scope, count } = found
    .filter((each) => each.kind === first.kind)
    .reduce((one, other) => (gravity(other.gate.action) > gravity(one.gate.action) ? other : one));
  const evidence = evidenceOf(gate, scope, count);
  if (kind === "failures") {
    const reason = `gate ${gate.text} failed in ${scope}: ${shown(count.last.value ?? undefined)}, ${count.failures} of ${count.samples} samples`;
    return act(state, gate.action, reason, gate.decideWithinSeconds, now, evidence);
  }
  const what = kind === "errors" ? "could not be read" : "said nothing";
  const times = kind === "errors" ? count.errorsInARow : count.inconclusiveInARow;
  return { kind: "hold", reason: `gate ${gate.text} ${what} in ${scope}, ${times} times in a row`, evidence };
}

function fromDeadline(state: State, now: number): Decision | undefined {
  const { hold, plan } = state;
  if (hold?.decideBy !== undefined && now >= hold.decideBy) {
    return { kind: "rollback", reason: `nobody decided in time: ${hold.reason}`, ...known("evidence", hold.evidence) };
  }
  const { window } = plan;
  if (window === undefined || window.atEnd === "finish" || state.windowWaived || !shifting(state)) {
    return undefined;
  }
  const closed = hold !== undefined && window.atEnd === "hold" ? undefined : closedBecause(window, now);
  return closed === undefined
    ? undefined
    : {
        kind: window.atEnd,
        reason: `it was still shifting when the window closed: ${closed}`,
        evidence: { rule: WINDOW_RULE, scope: TOTAL, samples: 0, at: now },
      };
}

/** Stages that have not begun when they were planned to: people are told of each once. */
function fromTimetable({ plan, index, progress, toldLate }: State, now: number): Decision | undefined {
  const { window, stages } = plan;
  const first = Math.max(toldLate + 1, progress.begun ? index + 1 : index);
  const ahead = stages.slice(first).filter(({ planned }) => planned !== undefined);
  const since = window === undefined || ahead.length === 0 ? undefined : minutesSinceOpening(window, now);
  const late = ahead.filter(({ planned }) => since !== undefined && minutesIn(window!, planned!) < since);
  const last = late.at(-1);
  return last === undefined
    ? undefined
    : {
        kind: "warn",
        reason: `late: ${late.map(({ name, planned }) => `${name}, planned for ${planned}`).join("; ")}, is not begun`,
        evidence: { rule: timetableRule(last.name), scope: TOTAL, samples: 0, at: now },
      };
}

/** A stage that has waited too long for what covers it. Decided once all samples were looked at: they may cover it. */
function fromExpiry(state: State, now: number): Decision | undefined {
  const { hold, progress } = state;
  const stage = stageOf(state);
  if (stage === undefined || hold !== undefined) {
    return undefined;
  }
  const waited = progress.watchedSince === undefined ? 0 : (now - progress.watchedSince) / 1000;
  return stage.maxSoakSeconds > 0 && waited >= stage.maxSoakSeconds && !passes(state, stage)
    ? {
        kind: "hold",
        reason: `${stage.name} has been watched for ${Math.round(waited)} s, and ${Math.round(progress.coveredSeconds)} s of ${stage.soakSeconds} s are covered by conclusive samples`,
      }
    : undefined;
}

/** Whether the candidate has requests and is to get more, or users get the maintenance page. */
function shifting(state: State): boolean {
  const { plan, index, exposedAt } = state;
  return pageIsOn(state) || (exposedAt !== undefined && plan.stages.slice(index).some(({ kind }) => kind === "shift"));
}

/** What an action means here. A step back without a step before, or one too many, is a rollback. */
function act(
  state: State,
  action: Action,
  reason: string,
  within: number | undefined,
  now: number,
  evidence: Evidence,
): Decision {
  if (isPastRollback(state) && action !== "warn") {
    return { kind: "hold", reason, evidence };
  }
  if (action === "step-back") {
    const target = stepBackTo(state);
    const attempts = target === undefined ? Infinity : (state.attempts.get(state.plan.stages[target]!.name) ?? 0);
    return attempts < state.plan.maxAttempts
      ? { kind: "step-back", reason, evidence }
      : { kind: "rollback", reason, evidence };
  }
  if (action === "hold") {
    return { kind: "hold", reason, evidence, ...(within === undefined ? {} : { decideBy: now + 1000 * within }) };
  }
  return { kind: action, reason, evidence };
}

/** The next thing of the current stage. */
function advance(state: State, now: number): Next {
  const { progress, hold, plan } = state;
  const stage = stageOf(state);
  if (stage === undefined) {
    return { do: "finish", outcome: "promoted", reason: whatIsDone(plan) };
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
    const judging = isJudged(stage, plan.judge) ? fromJudge(state, stage, plan.judge!.looks, now) : undefined;
    if (judging !== undefined) {
      return judging;
    }
    const evidence = stage.gates.flatMap((gate, index) =>
      [...progress.gates[index]!].map(([scope, count]) => evidenceOf(gate, scope, count)),
    );
    const judged = progress.verdicts
      .slice(-1)
      .flatMap((verdict) => evidenceOfJudge(verdict, plan, stage, progress.series, state.sample!.at));
    return { do: "decide", decision: { kind: "promote", stage: stage.name, evidence: [...evidence, ...judged] } };
  }
  return { do: "wait", why: `${stage.name} is watched` };
}

function whatIsDone({ release, recovery }: RolloutPlan): string {
  return recovery === undefined
    ? `${release} serves everybody`
    : `${recovery.to} serves ${recovery.jurisdiction} in place of ${recovery.region}, with the database ${recovery.replica}`;
}

/** What the judge has to say before a stage is passed; undefined when it promotes. */
function fromJudge(state: State, stage: WatchedStage, looks: number, now: number): Next | undefined {
  const { verdicts, watchedSince } = state.progress;
  const last = verdicts.at(-1);
  if (last?.verdict === "promote") {
    return undefined;
  }
  const more = last === undefined || (sawTooLittle(last) && verdicts.length < LOOKS_PER_STAGE);
  if (!more || state.looks >= looks) {
    const reason =
      last === undefined
        ? "the judge has no look left: people decide"
        : reasonOf(last, state.plan, stage, state.progress.series);
    const [evidence] =
      last === undefined
        ? []
        : evidenceOfJudge(last, state.plan, stage, state.progress.series, state.sample!.at).filter(
            ({ rule }) => !rule.endsWith("pass"),
          );
    return {
      do: "decide",
      decision: { kind: last?.verdict === "rollback" ? "rollback" : "hold", reason, ...known("evidence", evidence) },
    };
  }
  // A second look at the same few samples would see no more: it waits for all that the stage may get.
  if (last !== undefined && (now - watchedSince!) / 1000 < stage.maxSoakSeconds) {
    return {
      do: "wait",
      why: `${stage.name} is watched longer: ${reasonOf(last, state.plan, stage, state.progress.series)}`,
    };
  }
  return { do: "judge", stage, look: state.looks + 1 };
}

function begin(state: State, stage: WatchedStage, now: number): Next {
  const again: Next = { do: "begin", stage: stage.name, attempt: (state.attempts.get(stage.name) ?? 0) + 1 };
  if (state.hold?.afterStepBack) {
    return again; // Going back waits for nobody, and for no window.
  }
  const missing = stage.approvals.filter((role) => !approved(state, stage, role, now));
  if (missing.length > 0) {
    return { do: "wait", why: `${stage.name} waits for the approval of ${missing.join(", ")}` };
  }
  const { window } = state.plan;
  const { exposedAt, windowWaived } = state;
  const underWay = exposedAt !== undefined || pageIsOn(state);
  const goesOn = underWay && (windowWaived || window?.atEnd === "finish" || !shifting(state));
  const closed = window === undefined || goesOn ? undefined : closedBecause(window, now);
  if (closed !== undefined) {
    return { do: "wait", why: closed };
  }
  const since = window === undefined || stage.planned === undefined ? undefined : minutesSinceOpening(window, now);
  return since !== undefined && since < minutesIn(window!, stage.planned!)
    ? { do: "wait", why: `${stage.name} is planned for ${stage.planned}` }
    : again;
}

function approved(state: State, stage: Pick<WatchedStage, "name">, role: string, now: number): boolean {
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
  // What has no weight does not wait for a region that is dead.
  const patch = plan.rollback.findIndex(
    (each, index) => (plan.rolling || index > 0) && !rollback.undone.has(index) && isWanted(state, each, now),
  );
  const undone = rollback.failedAt.get(UNDO);
  const asked = patch < 0 ? undefined : awaited(state, plan.rollback[patch]!, open.length, now);
  if (patch >= 0 && asked === undefined && (undone === undefined || now >= undone + retry)) {
    return { do: "undo", patch };
  }
  // Meanwhile the active color of a region may become healthy, or another one's unhealthy.
  const moments = open.length > 0 ? momentsDue(state, now) : [];
  if (moments.length > 0) {
    return { do: "look", moments };
  }
  if (possible.length > 0) {
    const until = Math.min(...possible.map((each) => rollback.failedAt.get(each)! + retry));
    return { do: "wait", why: `${possible.join(", ")} could not be taken back yet; it is tried again`, until };
  }
  if (patch >= 0 && asked === undefined) {
    const why = "what has no weight could not be taken back yet; it is tried again";
    return { do: "wait", why, until: undone! + retry };
  }
  if (without.length > 0) {
    return {
      do: "wait",
      why: `${plan.active} has no healthy target in ${without.join(", ")}: sending everybody there would make it worse`,
    };
  }
  return asked ?? { do: "finish", outcome: "rolled-back", reason: rollback.reason };
}

/**
 * Whether there is something for a rollback patch to take back: consumers went to the candidate only when it was activated, a
 * rolling release is there once it is deployed. One that people are asked for is left out when nobody approved it in time.
 */
function isWanted({ attempts, rollback }: State, { undoes, asks }: RollbackPatch, now: number): boolean {
  const expired = asks?.withinSeconds !== undefined && now >= rollback!.since + 1000 * asks.withinSeconds;
  return undoes !== undefined && attempts.has(undoes) && !expired;
}

/** What a rollback patch waits for: people, where it asks them, and that nobody is left on the candidate. */
function awaited(state: State, { asks }: RollbackPatch, open: number, now: number): Next | undefined {
  if (asks === undefined) {
    return undefined;
  }
  const missing = asks.approvals.filter((role) => !approved(state, { name: asks.stage }, role, now));
  if (missing.length === 0 && open === 0) {
    return undefined;
  }
  const { migratedAt, rollback } = state;
  const lost =
    migratedAt === undefined
      ? "the migration did not end well"
      : `what was written into the new schema in ${Math.ceil((now - migratedAt) / 60_000)} minutes may be lost`;
  const why =
    missing.length === 0
      ? `${asks.stage} waits until nobody is left on ${state.plan.candidate}`
      : `everybody is back; ${asks.stage} waits for the approval of ${missing.join(", ")}: ${lost}`;
  const until = asks.withinSeconds === undefined ? undefined : rollback!.since + 1000 * asks.withinSeconds;
  return { do: "wait", why, ...known("until", until) };
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
