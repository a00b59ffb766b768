import { known } from "./known";
import { momentsDue } from "./moments";
import type { RollbackPatch } from "./plan";
import { isApproved, UNDO, type State } from "./state";
import type { Next } from "./todo";

/** How many ticks a region is tried alone before people are told that it needs them. It is tried on either way. */
const REGION_TRIES = 5;

/** Taking everybody back waits for nothing; what fails is tried on, region by region. */
export function rollBack(state: State, now: number): Next {
  const { plan } = state;
  const rollback = state.rollback!;
  const open = openRegions(state);
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

/** What the rollback that is under way asks of people; undefined when it asks nothing, has its answer, or waits for it no more. */
export function questionOf(state: State, now: number): RollbackPatch["asks"] {
  const { plan, rollback } = state;
  return rollback === undefined
    ? undefined
    : plan.rollback.find(
        (each, index) => each.asks !== undefined && !rollback.undone.has(index) && isWanted(state, each, now),
      )?.asks;
}

/** What a rollback patch waits for: people, where it asks them, and that nobody is left on the candidate. */
function awaited(state: State, { asks }: RollbackPatch, open: number, now: number): Next | undefined {
  if (asks === undefined) {
    return undefined;
  }
  const missing = asks.approvals.filter((role) => !isApproved(state, { name: asks.stage }, role, now));
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

/**
 * Regions whose routers are not known to be back. Where nothing was ever shifted there is nothing to take back, but what somebody
 * else has moved.
 */
export function openRegions({ plan, exposedAt, serving, rollback }: State): string[] {
  const moved = exposedAt === undefined ? plan.routed.filter((region) => serving.has(region)) : plan.routed;
  return plan.rolling ? [] : moved.filter((region) => !rollback!.back.has(region));
}

/** Regions that could not be taken back although they were tried often: people are told. */
export function stuckRegions({ rollback }: State): string[] {
  return [...(rollback?.failures ?? [])]
    .filter(([of, times]) => of !== UNDO && times >= REGION_TRIES && !rollback!.back.has(of))
    .map(([region]) => region);
}
