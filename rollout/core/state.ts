import type { Json } from "../engine";
import { MIGRATION, PAGE_OFF, PAGE_ON, shareIn } from "../stages";
import { countGate, countTrigger, judge, Readings, type GateCount, type TriggerCount } from "./counters";
import { collect, isJudged, type Series } from "./judged";
import type { Verdict } from "../judge";
import { TOTAL, type RollbackPatch, type RolloutPlan, type Trigger, type WatchedStage } from "./plan";
import type { Decision, Effect, Evidence, JournalRecord, Outcome } from "./records";
import type { Sample } from "./sample";
import { trendReadings, type Histories } from "./trend";

/** The rule that a hold names when its window closed. */
export const WINDOW_RULE = "window";

/** Where failures of what follows the routers in a rollback are kept, beside the regions. */
export const UNDO = "what has no weight";

/** Why a rollout holds. */
export interface Hold {
  reason: string;
  evidence?: Evidence;
  /** Milliseconds since the epoch. */
  since: number;
  /** When it rolls back by itself, unless people decide before. */
  decideBy?: number;
  /** After a step back: the stage that it went back to is applied first, and only `promote` goes on. */
  afterStepBack: boolean;
}

/** An approval that counts. */
export interface Approval {
  role: string;
  person: string;
  stage: string;
  expires: number;
  /** That nobody signed it. */
  unsigned?: true;
}

/** What tells one signed approval of a rollout from another: all of its text, and who signed it. */
export function signedKey({ role, person, stage, expires }: Approval): string {
  return JSON.stringify([role, person, stage, expires]);
}

/** How far the current stage has come. Everything in it is void when the stage is left or attempted again. */
export interface Progress {
  begun: boolean;
  /** Whether its patch is in the world, and routers were read back. */
  applied: boolean;
  hooksDone: string[];
  /** When it has been applied and its hooks are done: since then it is watched. */
  watchedSince?: number;
  /** Seconds covered by conclusive samples. */
  coveredSeconds: number;
  /** Counts of each gate, by scope; in the order of the stage's gates. */
  gates: Map<string, GateCount>[];
  /** What the judge compares, and what it said of this stage so far. */
  series: Series;
  verdicts: Verdict[];
  /** Gates that only warn and have warned, by index. */
  warned: Set<number>;
}

/** A rollback that is under way. */
export interface Rollback {
  reason: string;
  evidence?: Evidence;
  /** Milliseconds since the epoch: the decision. */
  since: number;
  /** Whether all routers were tried together. */
  tried: boolean;
  /** Regions whose routers are known to give the candidate nothing. */
  back: Set<string>;
  /** When the candidate was seen to have nothing in the last of them. */
  backAt?: number;
  /** How often each region's own `up` failed, by region. */
  failures: Map<string, number>;
  /** Which of the plan's rollback patches are done, by index; those of the routers are in `back`. */
  undone: Set<number>;
  /** When each region's own `up` last failed: the next try of it waits an interval. */
  failedAt: Map<string, number>;
}

/** Where a rollout stands: everything that its records say. */
export interface State {
  id: string;
  plan: RolloutPlan;
  digest: string;
  by: string;
  begun: number;
  /** Index of the current stage; the number of stages when all have passed. */
  index: number;
  /** Attempts of each stage, by name. */
  attempts: Map<string, number>;
  progress: Progress;
  /** The values that the rollout owns, by stack: what every `up` has. */
  patches: Map<string, Record<string, Json>>;
  approvals: Approval[];
  /** Signed approvals that were taken up, also those that are void: one that is sent again later counts for nothing. See {@link signedKey}. */
  signed: Set<string>;
  signals: { signal: string; by: string; reason: string; at: number; acted: boolean }[];
  /** Looks of the judge so far, in all stages. */
  looks: number;
  /** Counts by trigger and scope. */
  triggers: Map<string, Map<string, TriggerCount>>;
  /** Since when the candidate may have requests: triggers watch from then on. */
  exposedAt?: number;
  /** Whether people let it go on after its window had closed. */
  windowWaived: boolean;
  /** The candidate's share by region, as routers were last read back. */
  shares: Record<string, number>;
  /** Regions in which the candidate may have requests: a shift was begun there, and no router was read back with nothing since. */
  serving: Set<string>;
  /** The effect that was begun and is not known to have ended: its process was killed, or is at it now. */
  pending?: Effect;
  /** The last effect that failed and has not been decided on. */
  failed?: { effect: Effect; reason: string; hold: boolean };
  hold?: Hold;
  rollback?: Rollback;
  outcome?: { outcome: Outcome; reason: string; at: number };
  /** URNs of the routers that were there when it began, and of those that it has moved: what a rollback is limited to. */
  routers: Set<string>;
  /** The last sample. */
  sample?: Sample;
  /** What trends are estimated from, since the world was last changed: a shift is a step, and no trend. */
  histories: Histories;
  /** Regions whose active color was last seen without what makes it healthy. */
  activeUnhealthy: Set<string>;
  /** Warnings so far, in sentences. */
  warnings: string[];
  /** Index of the last stage that people were told to be late; -1 when none was. */
  toldLate: number;
  /** When the migration of the database was applied: what is written since may be lost when it goes back. */
  migratedAt?: number;
  /** The last record: its number, time and hash. */
  last: { sequence: number; at: number; hash: string };
  /** When people were last told how it goes. */
  toldAt: number;
}

/** The current stage; undefined when all have passed. */
export function stageOf(state: State): WatchedStage | undefined {
  return state.plan.stages[state.index];
}

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
    progress: nothing(plan.stages[0]),
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
      state.pending = record.effect;
      if (record.effect.kind === "rollback" && record.effect.patch !== undefined) {
        own(state, state.plan.rollback[record.effect.patch]!);
      }
      if (record.effect.kind === "up" && stageOf(state)?.kind === (state.plan.rolling ? "deploy" : "shift")) {
        exposed(state, record.at);
        record.urns?.forEach((urn) => state.routers.add(urn));
      }
      break;
    case "effect-done":
      state.pending = undefined;
      readBack(state, record.shares);
      effectDone(state, record);
      break;
    case "effect-failed":
      state.pending = undefined;
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
      state.windowWaived ||= state.hold?.evidence?.rule === WINDOW_RULE;
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

function nothing(stage: WatchedStage | undefined): Progress {
  return {
    begun: false,
    applied: false,
    hooksDone: [],
    coveredSeconds: 0,
    gates: (stage?.gates ?? []).map(() => new Map<string, GateCount>()),
    series: new Map(),
    verdicts: [],
    warned: new Set(),
  };
}

function stageBegun(state: State, at: number): void {
  const stage = stageOf(state)!;
  // A stage that only looks has nothing to apply.
  const applied = Object.keys(stage.patch).length === 0 && stage.kind !== "smoke" && stage.runs !== true;
  state.failed = undefined;
  state.progress = {
    ...nothing(stage),
    begun: true,
    applied,
    ...(applied && stage.hooks.length === 0 ? { watchedSince: at } : {}),
  };
  own(state, stage);
}

/** From here on the candidate may have requests, whatever becomes of the effect. */
function exposed(state: State, at: number): void {
  state.exposedAt ??= at;
  const stage = stageOf(state)!;
  state.plan.routed.filter((region) => shareIn(stage, region) > 0).forEach((region) => state.serving.add(region));
}

function readBack(state: State, shares: Record<string, number> = {}): void {
  for (const [region, share] of Object.entries(shares)) {
    state.shares[region] = share;
    if (share > 0) {
      state.serving.add(region);
    } else {
      state.serving.delete(region);
    }
  }
}

/** The rollback patches that wait for nobody: what comes after a question is owned once it is done. */
function untilAsked(patches: RolloutPlan["rollback"]): RolloutPlan["rollback"] {
  const first = patches.findIndex(({ asks }) => asks !== undefined);
  return first < 0 ? patches : patches.slice(0, first);
}

/** From now on the rollout owns what a stage sets: every `up` of the stack has it. */
function own(state: State, { stack, patch }: Pick<WatchedStage, "stack" | "patch">): void {
  state.patches.set(stack, { ...state.patches.get(stack), ...patch });
}

function effectDone(state: State, { effect, at, shares, changed }: JournalRecord & { type: "effect-done" }): void {
  if (effect.kind === "rollback") {
    rolledBack(state, shares, at, effect.patch);
    return;
  }
  const { progress } = state;
  const stage = stageOf(state)!;
  if (effect.kind === "up") {
    state.histories.clear();
  }
  if (effect.kind === "up" && stage.name === MIGRATION) {
    state.migratedAt = at;
  }
  if (effect.kind === "up" && stage.kind === "maintenance") {
    // The rules of the page that have weights are gone with it: a rollback that names them would fail.
    changed.forEach((urn) => state.routers.delete(urn));
  }
  if (effect.kind === "read-back") {
    return;
  }
  if (effect.kind === "hook") {
    progress.hooksDone.push(effect.hook);
  } else {
    progress.applied = true;
  }
  if (progress.applied && progress.hooksDone.length === stage.hooks.length) {
    progress.watchedSince = at;
  }
}

function rolledBack(state: State, shares: Record<string, number> | undefined, at: number, patch = 0): void {
  const rollback = state.rollback!;
  if (shares === undefined) {
    rollback.undone.add(patch);
    return;
  }
  rollback.tried = true;
  for (const [region, share] of Object.entries(shares)) {
    if (share === 0) {
      rollback.back.add(region);
    } else {
      rollback.back.delete(region);
    }
  }
  if (state.plan.routed.every((region) => rollback.back.has(region))) {
    rollback.backAt ??= at;
  }
}

function effectFailed(state: State, record: JournalRecord & { type: "effect-failed" }): void {
  const { effect, reason, hold, shares } = record;
  readBack(state, shares);
  if (effect.kind !== "rollback") {
    state.failed = { effect, reason, hold: hold === true };
    return;
  }
  const rollback = state.rollback!;
  const of = effect.region ?? (rollback.tried || state.plan.rolling ? UNDO : undefined);
  const asks = effect.patch === undefined ? undefined : state.plan.rollback[effect.patch]!.asks;
  if (asks !== undefined) {
    // What people approved did not work: it is not tried again without them.
    state.approvals = state.approvals.filter(({ stage }) => stage !== asks.stage);
  }
  if (of !== undefined) {
    rollback.failures.set(of, (rollback.failures.get(of) ?? 0) + 1);
    rollback.failedAt.set(of, record.at);
  }
  rolledBack(state, shares ?? {}, record.at);
}

function sampled(state: State, sample: Sample): void {
  const { plan, progress } = state;
  const before = state.sample?.at;
  state.sample = sample;
  const trends = trendReadings(state.histories, plan, sample);
  const readings = new Readings({ ...sample, readings: [...sample.readings, ...trends] });
  lookAtActive(state, readings);
  if (state.exposedAt !== undefined) {
    plan.triggers
      .filter((trigger) => !isSuspended(state, trigger))
      .forEach(({ name, condition }) => {
        const before = state.triggers.get(name);
        // Where the candidate has no requests any more, nothing of what was counted is kept.
        const counts = new Map<string, TriggerCount>();
        state.triggers.set(name, counts);
        for (const scope of scopesOf(state, condition.metric, plan.candidate)) {
          const verdict = judge(readings, condition, plan.candidate, plan.active, scope);
          counts.set(scope, countTrigger(before?.get(scope), verdict, sample.at));
        }
      });
  }
  const stage = stageOf(state);
  if (
    stage === undefined ||
    !progress.applied ||
    progress.watchedSince === undefined ||
    sample.at <= progress.watchedSince
  ) {
    return;
  }
  if (isJudged(stage, plan.judge)) {
    collect(progress.series, plan, sample, progress.watchedSince, Math.max(before ?? 0, progress.watchedSince));
  }
  const step = 1000 * (stage.gateSeconds ?? plan.intervalSeconds);
  if (sample.at % step !== 0) {
    return; // Between two looks of its gates.
  }
  stage.gates.forEach((gate, index) => {
    const counts = progress.gates[index]!;
    for (const scope of scopesOf(state, gate.condition.metric, gate.color)) {
      const verdict = judge(readings, gate.condition, gate.color, plan.active, scope);
      counts.set(scope, countGate(counts.get(scope), verdict, sample.at));
    }
  });
  if (covered(state, stage)) {
    const from = Math.max(progress.watchedSince, sample.at - step);
    progress.coveredSeconds += (sample.at - from) / 1000;
  }
}

/** Whether the last sample says something about everything that the stage is watched for. */
function covered(state: State, stage: WatchedStage): boolean {
  const says = (last: GateCount["last"]) => last.result === "met" || last.result === "unmet";
  if (stage.gates.length > 0) {
    return state.progress.gates.every((counts) => [...counts.values()].every(({ last }) => says(last)));
  }
  // Only triggers watch: each must see something somewhere, or nobody is watching.
  return state.plan.triggers
    .filter((trigger) => state.triggers.has(trigger.name) && !isSuspended(state, trigger))
    .every(({ name }) => [...state.triggers.get(name)!.values()].some(({ last }) => says(last)));
}

/** Whether everybody gets the maintenance page: from the stage that puts it on until it is off. */
export function pageIsOn({ plan, index, progress }: State): boolean {
  const at = (name: string) => plan.stages.findIndex((stage) => stage.name === name);
  const [on, off] = [at(PAGE_ON), at(PAGE_OFF)];
  const after = index > on || (index === on && progress.begun);
  return on >= 0 && after && (index < off || (index === off && !progress.applied));
}

/** What the rollback that is under way asks of people; undefined when it asks nothing, or has its answer. */
export function questionOf({ plan, rollback, attempts }: State): RollbackPatch["asks"] {
  return plan.rollback.find(
    ({ undoes, asks }, index) =>
      asks !== undefined && rollback?.undone.has(index) === false && undoes !== undefined && attempts.has(undoes),
  )?.asks;
}

/** Whether a trigger says nothing now: it is about users, and there are none while the maintenance page is on. */
export function isSuspended(state: State, { users }: Trigger): boolean {
  return users === true && pageIsOn(state);
}

/** Where a metric of a color is judged now: where the color has requests, and in total. */
export function scopesOf({ plan, serving }: State, metric: string, color: string): string[] {
  const scopes = plan.wanted.find((each) => each.metric === metric && each.color === color)?.scopes ?? [];
  if (color !== plan.candidate || plan.rolling) {
    return [...scopes];
  }
  return scopes.filter((scope) =>
    scope === TOTAL ? Object.keys(plan.regions).some((region) => serving.has(region)) : serving.has(scope),
  );
}

function lookAtActive(state: State, readings: Readings): void {
  const { activeHealthy, active, regions } = state.plan;
  if (activeHealthy === undefined) {
    return;
  }
  for (const region of Object.keys(regions)) {
    const { result } = judge(readings, activeHealthy, active, active, region);
    if (result === "unmet") {
      state.activeUnhealthy.add(region);
    } else if (result === "met") {
      state.activeUnhealthy.delete(region);
    }
  }
}

function decided(state: State, decision: Decision, at: number): void {
  const { hold: before } = state;
  settle(state, decision);
  switch (decision.kind) {
    case "promote":
      state.hold = undefined;
      state.index += 1;
      state.progress = nothing(stageOf(state));
      break;
    case "warn":
      state.warnings.push(decision.reason);
      warned(state, decision.evidence?.rule);
      state.toldLate = Math.max(
        state.toldLate,
        state.plan.stages.findIndex(({ name }) => timetableRule(name) === decision.evidence?.rule),
      );
      break;
    case "hold":
      // A hold that is already there keeps its own deadline, unless the new one is sooner.
      state.hold = {
        reason: decision.reason,
        ...(decision.evidence === undefined ? {} : { evidence: decision.evidence }),
        since: before?.since ?? at,
        ...deadline(before?.decideBy, decision.decideBy),
        afterStepBack: before?.afterStepBack ?? false,
      };
      break;
    case "step-back":
      stepBack(state, decision, at);
      break;
    case "rollback":
      state.hold = undefined;
      state.rollback = {
        reason: decision.reason,
        ...(decision.evidence === undefined ? {} : { evidence: decision.evidence }),
        since: at,
        tried: false,
        back: new Set(),
        failures: new Map(),
        failedAt: new Map(),
        undone: new Set(),
      };
      untilAsked(state.plan.rollback).forEach((patch) => own(state, patch));
      break;
  }
}

/** What was decided on is not decided on again; what else there is to decide on stays: a mild rule hides no grave one. */
function settle(state: State, decision: Decision): void {
  // A hold answers a failure only when it is for it: when it names no rule, and no person asked for it.
  const ownHold = decision.kind === "hold" && decision.evidence === undefined && decision.by === undefined;
  if (decision.kind === "hold" ? ownHold : decision.kind !== "warn") {
    state.failed = undefined;
  }
  if (decision.kind === "promote" || decision.evidence === undefined) {
    return;
  }
  const { rule } = decision.evidence;
  for (const signal of state.signals) {
    signal.acted ||= rule === signalRule(signal.signal);
  }
  for (const trigger of state.plan.triggers.filter((each) => rule === triggerRule(each))) {
    for (const count of state.triggers.get(trigger.name)?.values() ?? []) {
      count.acted ||= count.heldSeconds !== undefined && count.heldSeconds >= trigger.forSeconds;
    }
  }
}

/** What evidence calls a trigger. */
export function triggerRule({ text, forSeconds }: Trigger): string {
  return `${text} for ${forSeconds} s`;
}

/** What evidence calls a stage that did not begin when it was planned to. */
export function timetableRule(stage: string): string {
  return `timetable ${stage}`;
}

/** What evidence calls a signal. */
export function signalRule(signal: string): string {
  return `signal ${signal}`;
}

/** A gate that only warns does so once in a stage. */
function warned(state: State, rule: string | undefined): void {
  stageOf(state)?.gates.forEach(({ text, action }, index) => {
    if (action === "warn" && text === rule) {
      state.progress.warned.add(index);
    }
  });
}

function deadline(one: number | undefined, other: number | undefined): { decideBy?: number } {
  const soonest = Math.min(one ?? Infinity, other ?? Infinity);
  return Number.isFinite(soonest) ? { decideBy: soonest } : {};
}

/** Goes back to the shift before: evidence and approvals of what is left are void. */
function stepBack(state: State, { reason, evidence }: Decision & { kind: "step-back" }, at: number): void {
  const target = stepBackTo(state)!;
  const left = new Set(state.plan.stages.slice(target).map(({ name }) => name));
  state.approvals = state.approvals.filter(({ stage }) => !left.has(stage));
  state.index = target;
  state.progress = nothing(stageOf(state));
  state.hold = { reason, ...(evidence === undefined ? {} : { evidence }), since: at, afterStepBack: true };
}

/** Whether nothing takes anybody back any more: the rollback window has ended, or something final was begun. */
export function isPastRollback({ plan, index, progress }: State): boolean {
  const watches = ({ kind }: WatchedStage) => kind === "watch";
  const begun = plan.stages.slice(0, progress.begun ? index + 1 : index);
  return (
    begun.some(({ final }) => final === true) ||
    (plan.stages.slice(0, index).some(watches) && !plan.stages.slice(index).some(watches))
  );
}

/** The shift before the one that set the candidate's share; undefined when there is none. */
export function stepBackTo(state: State): number | undefined {
  const { index, progress, plan } = state;
  const begun = plan.stages.flatMap(({ kind }, each) =>
    kind === "shift" && (each < index || (each === index && progress.begun)) ? [each] : [],
  );
  return begun.at(-2);
}

/** Begins to watch the stage anew: what was counted before people stepped in is not held against it. */
function rewatch(state: State, at: number): void {
  const { progress } = state;
  progress.coveredSeconds = 0;
  progress.gates = nothing(stageOf(state)).gates;
  progress.warned = new Set();
  progress.series = new Map();
  progress.verdicts = [];
  if (progress.watchedSince !== undefined) {
    progress.watchedSince = at;
  }
}
