import { own, untilAsked } from "./owned";
import type { Decision } from "./records";
import {
  noProgress,
  signalRule,
  stageOf,
  stepBackTo,
  timetableRule,
  triggerRule,
  WINDOW_RULE,
  type State,
} from "./state";

/** What a decision does to a state. */
export function decided(state: State, decision: Decision, at: number): void {
  const { hold: before } = state;
  settle(state, decision);
  switch (decision.kind) {
    case "promote":
      // While it holds only people promote: where that is for the window's end, they let it go on.
      state.windowWaived ||= before?.windowClosed === true;
      state.hold = undefined;
      state.index += 1;
      state.progress = noProgress(stageOf(state));
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
        windowClosed: before?.windowClosed === true || decision.evidence?.rule === WINDOW_RULE,
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
  state.progress = noProgress(stageOf(state));
  state.hold = { reason, ...(evidence === undefined ? {} : { evidence }), since: at, afterStepBack: true };
}
