import type { Json } from "../engine";
import type { Verdict } from "../judge";
import { PAGE_OFF, PAGE_ON } from "../stage";
import type { GateCount, TriggerCount } from "./counters";
import type { Series } from "./judged";
import { TOTAL, type RolloutPlan, type Trigger, type WatchedStage } from "./plan";
import type { Effect, Evidence, Outcome } from "./records";
import type { Sample } from "./sample";
import type { Histories } from "./trend";

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
  /** That its window has closed, whatever else it holds for by now: who resumes lets it go on past the window. */
  windowClosed?: boolean;
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
  /** When the candidate was seen to have nothing in the last of them; absent again while somebody has moved one since. */
  backAt?: number;
  /** How often each region's own `up` failed, by region; beside them, what has no weight ({@link UNDO}). */
  failures: Map<string, number>;
  /** Which of the plan's rollback patches are done, by index; those of the routers are in `back`. */
  undone: Set<number>;
  /** When each of them last failed: the next try of it waits an interval. */
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

/** How far a stage has come that is not begun. */
export function noProgress(stage: WatchedStage | undefined): Progress {
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

/** Whether everybody gets the maintenance page: from the stage that puts it on until it is off. */
export function pageIsOn({ plan, index, progress }: State): boolean {
  const at = (name: string) => plan.stages.findIndex((stage) => stage.name === name);
  const [on, off] = [at(PAGE_ON), at(PAGE_OFF)];
  const after = index > on || (index === on && progress.begun);
  return on >= 0 && after && (index < off || (index === off && !progress.applied));
}

/** Whether the candidate has requests and is to get more, or users get the maintenance page. */
export function isShifting(state: State): boolean {
  const { plan, index, exposedAt } = state;
  return pageIsOn(state) || (exposedAt !== undefined && plan.stages.slice(index).some(({ kind }) => kind === "shift"));
}

/** Whether an approval of a role counts for a stage at a moment. */
export function isApproved(state: State, stage: Pick<WatchedStage, "name">, role: string, now: number): boolean {
  return state.approvals.some(
    (approval) => approval.role === role && approval.stage === stage.name && now < approval.expires,
  );
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
