import { ACTIONS, type Action } from "../../stacks/config/rollout/rules";
import { exceeded, fires } from "./counters";
import { evidenceOf, passes } from "./evidence";
import { known } from "./known";
import { TOTAL } from "./plan";
import type { Decision, Evidence } from "./records";
import {
  isPastRollback,
  isShifting,
  signalRule,
  stageOf,
  stepBackTo,
  timetableRule,
  triggerRule,
  WINDOW_RULE,
  type State,
} from "./state";
import { closedBecause, minutesIn, minutesSinceOpening } from "./window";

/** What triggers, signals, failures, limits and deadlines decide, before anything goes on. */
export function decisionOf(state: State, now: number): Decision | undefined {
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
  if (window === undefined || window.atEnd === "finish" || state.windowWaived || !isShifting(state)) {
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
export function fromExpiry(state: State, now: number): Decision | undefined {
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

function shown(value: number | undefined): string {
  return value === undefined ? "no value" : String(Number(value.toPrecision(4)));
}
