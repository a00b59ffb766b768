import { MIGRATION, shareIn } from "../stage";
import { own } from "./owned";
import type { JournalRecord } from "./records";
import { stageOf, UNDO, type State } from "./state";

/** What an effect that is begun says of a state: whoever is killed in it does not know how far it came. */
export function effectBegun(state: State, { effect, at, urns }: JournalRecord & { type: "effect-begun" }): void {
  state.pending = effect;
  if (effect.kind === "rollback" && effect.patch !== undefined) {
    own(state, state.plan.rollback[effect.patch]!);
  }
  if (effect.kind === "up" && stageOf(state)?.kind === (state.plan.rolling ? "deploy" : "shift")) {
    exposed(state, at);
    urns?.forEach((urn) => state.routers.add(urn));
  }
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

/** What an effect that is done says of a state: how far its stage has come, or its rollback. */
export function effectDone(state: State, record: JournalRecord & { type: "effect-done" }): void {
  const { effect, at, shares, changed } = record;
  state.pending = undefined;
  readBack(state, shares);
  if (effect.kind === "rollback") {
    if (effect.patch === undefined) {
      routersBack(state, shares, at);
    } else {
      state.rollback!.undone.add(effect.patch);
    }
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

/** What routers do once a rollback has tried them. Somebody may have moved one again that was back. */
function routersBack({ plan, rollback }: State, shares: Record<string, number> | undefined, at: number): void {
  const { back } = rollback!;
  rollback!.tried = true;
  for (const [region, share] of Object.entries(shares ?? {})) {
    if (share === 0) {
      back.add(region);
    } else {
      back.delete(region);
    }
  }
  rollback!.backAt = plan.routed.every((region) => back.has(region)) ? (rollback!.backAt ?? at) : undefined;
}

/** What an effect that failed says of a state: what is to be decided on, or tried again in a rollback. */
export function effectFailed(state: State, record: JournalRecord & { type: "effect-failed" }): void {
  const { effect, reason, hold, shares, at } = record;
  state.pending = undefined;
  readBack(state, shares);
  if (effect.kind !== "rollback") {
    state.failed = { effect, reason, hold: hold === true };
    return;
  }
  if (effect.patch === undefined) {
    routersBack(state, shares, at);
  } else {
    undoFailed(state, effect.patch);
  }
  const of = effect.patch === undefined ? effect.region : UNDO;
  if (of !== undefined) {
    const { failures, failedAt } = state.rollback!;
    failures.set(of, (failures.get(of) ?? 0) + 1);
    failedAt.set(of, at);
  }
}

/** What people approved did not work: it is not tried again without them. */
function undoFailed(state: State, patch: number): void {
  const { asks } = state.plan.rollback[patch]!;
  if (asks !== undefined) {
    state.approvals = state.approvals.filter(({ stage }) => stage !== asks.stage);
  }
}
