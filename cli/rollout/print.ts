import { stageOf, type State } from "../../rollout/core/state";
import type { RolloutOptions } from "./options";
import { phaseOf, statusText } from "./view";

/** Where a rollout stands, as one JSON object. Times are milliseconds since the epoch. */
export function stateJson(state: State): object {
  const {
    id,
    plan,
    digest,
    by,
    begun,
    index,
    progress,
    shares,
    outcome,
    rollback,
    hold,
    warnings,
    approvals,
    sample,
    last,
  } = state;
  const stage = stageOf(state);
  return {
    rollout: id,
    stack: plan.stack,
    release: plan.release,
    plan: plan.plan,
    digest,
    by,
    begun,
    phase: phaseOf(state),
    candidate: plan.candidate,
    stages: plan.stages.map(({ name, kind, share, soakSeconds }, each) => ({
      name,
      kind,
      share,
      soakSeconds,
      state: each < index ? "passed" : each > index || outcome !== undefined ? "waiting" : "current",
      attempts: state.attempts.get(name) ?? 0,
    })),
    ...(stage === undefined ? {} : { stage: stage.name, coveredSeconds: progress.coveredSeconds }),
    shares,
    gates: (stage?.gates ?? []).flatMap(({ text }, each) =>
      [...(progress.gates[each] ?? [])].map(([scope, count]) => ({ gate: text, scope, ...count })),
    ),
    ...(sample === undefined ? {} : { sampledAt: sample.at }),
    approvals: approvals.map(({ role, person, stage: of, expires, unsigned = false }) => ({
      role,
      person,
      stage: of,
      expires,
      signed: !unsigned,
    })),
    warnings,
    ...(hold === undefined ? {} : { hold: { reason: hold.reason, since: hold.since, decideBy: hold.decideBy } }),
    ...(rollback === undefined
      ? {}
      : { rollback: { reason: rollback.reason, since: rollback.since, back: [...rollback.back] } }),
    ...(outcome === undefined ? {} : { outcome: outcome.outcome, reason: outcome.reason, ended: outcome.at }),
    head: last.hash,
    records: last.sequence,
  };
}

/** Prints where a rollout stands. @param options - Of the command: those that it advises get them too. */
export function printState(state: State, now: number, options: RolloutOptions): void {
  process.stdout.write(`${options.json ? JSON.stringify(stateJson(state)) : statusText(state, now, options)}\n`);
}
