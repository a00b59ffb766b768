import type { Condition } from "../../stacks/config/rollout/condition";
import type { Color } from "../../stacks/config/fields";
import type { RolloutPlan } from "./plan";
import type { Reading, Sample } from "./sample";

/** Points that a slope rests on at most: more of them make it slower and hardly more certain. */
const MOST_POINTS = 120;
/** The part of the time that must be covered by values before its slope says something. */
const COVERED = 0.9;

/** A slope that some rule is about. */
interface Trend {
  metric: string;
  color: Color;
  /** The time that it is estimated over, and per which it is told. */
  seconds: number;
}

/** Values since the world was last changed, by `metric color scope seconds`, in time order. */
export type Histories = Map<string, { at: number; value: number }[]>;

/** What a reading of a slope is called. */
export function trendName(metric: string, seconds: number): string {
  return `${metric} trend ${seconds}`;
}

/**
 * The slopes that the rules of a plan are about, as readings: each over the time that its rule names. Adds the sample's values
 * to the histories, and drops what is too old.
 */
export function trendReadings(histories: Histories, plan: RolloutPlan, { at, readings }: Sample): Reading[] {
  return trendsOf(plan).flatMap(({ metric, color, seconds }) =>
    readings
      .filter((reading) => reading.metric === metric && reading.color === color)
      .map(({ scope, value, silence }): Reading => {
        const key = `${metric} ${color} ${scope} ${seconds}`;
        const known = (histories.get(key) ?? []).filter((point) => point.at > at - 1000 * seconds);
        const due = known.length === 0 || at - known.at(-1)!.at >= (1000 * seconds) / MOST_POINTS;
        const history =
          due && value !== undefined && silence === undefined && Number.isFinite(value)
            ? [...known, { at, value }]
            : known;
        histories.set(key, history);
        const named = { metric: trendName(metric, seconds), color, scope };
        const covered = history.length > 2 && at - history[0]!.at >= COVERED * 1000 * seconds;
        return covered ? { ...named, value: 1000 * seconds * slope(history) } : { ...named, silence: silence ?? "few" };
      }),
  );
}

const trendsKnown = new WeakMap<RolloutPlan, Trend[]>();

/** The trends of a plan, found once: each sample asks for them. */
function trendsOf(plan: RolloutPlan): Trend[] {
  const trends = trendsKnown.get(plan) ?? findTrends(plan);
  trendsKnown.set(plan, trends);
  return trends;
}

function findTrends({ stages, triggers, candidate }: RolloutPlan): Trend[] {
  const rules = [
    ...triggers.map(({ condition }) => ({ condition, color: candidate })),
    ...stages.flatMap(({ gates }) => gates),
  ];
  const trends = rules.flatMap(({ condition, color }: { condition: Condition; color: Color }) =>
    condition.trendSeconds === undefined ? [] : [{ metric: condition.metric, color, seconds: condition.trendSeconds }],
  );
  return [...new Map(trends.map((trend) => [Object.values(trend).join(" "), trend])).values()];
}

/**
 * The slope through points, per millisecond: the median of the slopes of all pairs (Theil–Sen). Up to 29 % of the points may
 * be anything without moving it far: a garbage collection, a burst. Exported for its test.
 */
export function slope(points: readonly { at: number; value: number }[]): number {
  const slopes = new Float64Array((points.length * (points.length - 1)) / 2);
  let pair = 0;
  for (let later = 1; later < points.length; later += 1) {
    for (let earlier = 0; earlier < later; earlier += 1) {
      const [one, other] = [points[earlier]!, points[later]!];
      slopes[pair] = (other.value - one.value) / (other.at - one.at);
      pair += 1;
    }
  }
  slopes.sort();
  const middle = pair >> 1;
  return pair % 2 === 1 ? slopes[middle]! : (slopes[middle - 1]! + slopes[middle]!) / 2;
}
