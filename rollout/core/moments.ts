import { stageOf, type State } from "./state";

/** As many samples as one look reads: after a night without a controller, the source is not asked for all of it at once. */
const MOMENTS_AT_ONCE = 240;

/** The ends of intervals that have not been looked at. Nothing is sampled before there is something to watch. */
export function momentsDue(state: State, now: number): number[] {
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
