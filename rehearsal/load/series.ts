import { EngineError } from "../../rollout/engine";
import { TOTAL } from "../../rollout/core/plan";
import type { Color } from "../../stacks/config/fields";
import { latencyAt } from "./latency";
import type { SimulatedLoad } from "./load";
import { inputOf, MODELED_METRICS, modeled } from "./metrics";
import { latencyOf } from "./parts";

/** What of a color is compared with the other. */
export interface SeriesOptions {
  metric: string;
  color: Color;
  /** A region, or the total. */
  scope: string;
  /** From when to when, milliseconds since the epoch. */
  from: number;
  to: number;
  /** Length of an interval: each has one value, about itself alone. */
  stepSeconds: number;
}

/** A value for each interval in time order, null for one that says nothing; or all events, and what they are a part of. */
export type Series = (number | null)[] | { events: number; total: number };

/**
 * What a color's metric was, interval after interval, in the form that the judge compares: parts (errors, crashes) as events and
 * their total, everything else as values.
 *
 * @throws EngineError for a metric that the rehearsal does not model.
 */
export function seriesOf(load: SimulatedLoad, { metric, color, scope, from, to, stepSeconds }: SeriesOptions): Series {
  const model = modeled(metric);
  if (model === undefined) {
    throw new EngineError(`the rehearsal does not model ${metric}; it models ${MODELED_METRICS.join(", ")}`);
  }
  const regions = scope === TOTAL ? load.regions : [scope];
  if (model.part !== undefined) {
    const [events, total] = model.part;
    const counts = inputOf(load, color, regions, to, (to - from) / 1_000)?.counts;
    return counts === undefined ? { events: 0, total: 0 } : { events: events(counts), total: counts[total] };
  }
  const values: (number | null)[] = [];
  for (let at = from + 1_000 * stepSeconds; at <= to; at += 1_000 * stepSeconds) {
    const input = inputOf(load, color, regions, at, stepSeconds);
    const value = input === undefined ? undefined : model.value(input);
    values.push(value === undefined || !Number.isFinite(value) ? null : value);
  }
  return values;
}

/** How long so many requests of a color took, in seconds, drawn from all between two moments; none where there were none. */
export function latenciesOf(
  load: SimulatedLoad,
  { color, scope, from, to }: Pick<SeriesOptions, "color" | "scope" | "from" | "to">,
  count: number,
): number[] {
  const regions = scope === TOTAL ? load.regions : [scope];
  const input = inputOf(load, color, regions, to, (to - from) / 1_000);
  const latency = input === undefined ? undefined : latencyOf(input);
  if (input === undefined || latency === undefined) {
    return [];
  }
  const requests = Math.min(count, input.counts.requests);
  return Array.from({ length: requests }, (_, index) =>
    latencyAt(latency, input.noises[0]!.uniform(input.cell, 1_000 + index)),
  );
}
