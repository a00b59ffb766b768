import { inflatedP, seriesInflation, type Dependence } from "./dependence";
import { aboveLimit, differenceInterval, proportionTest } from "./proportion";
import { figure, percent } from "./text";
import type { Count, Evidence, Metric, Test, Untestable, Values } from "./types";

/** From so many intervals on, the variance between them is estimated; fewer say too little of it. */
const FEWEST_INTERVALS = 8;
/**
 * For a pass, a change must be visible that is as large as from 0 % to 5 %, in Cohen's h: the difference of twice the arc sine
 * of each proportion's root, which is as hard to see at any proportion. From 50 % it is the one to 72 %.
 */
const VISIBLE = 2 * Math.asin(Math.sqrt(0.05));

/** A count of each interval that has one. */
type Counts = readonly Count[];

/**
 * Compares two proportions.
 *
 * @param alpha - The interval of the effect misses with this probability.
 */
export function compareCounts(metric: Metric, alpha: number): Evidence | Untestable {
  const [own, other] = [countsOf(metric.candidate), countsOf(metric.baseline)];
  const [candidate, baseline] = [sum(own), sum(other)];
  const unusable = noCount(own, candidate, "candidate") ?? noCount(other, baseline, "baseline");
  if (unusable !== undefined) {
    return unusable;
  }
  const { worse, maxRatio = 1 } = metric;
  const dependent = overdispersion(own, other, sameIntervals(metric));
  const { inflation, degrees } = dependent;
  const pValue = proportionTest(candidate, baseline);
  const [rate, expected] = [rateOf(candidate), rateOf(baseline)];
  const { tests, beyondLimit } =
    maxRatio === 1
      ? { tests: [differ(pValue, rate - expected, dependent, worse)] }
      : holdToLimit(candidate, baseline, dependent, worse, maxRatio);
  const text = (count: Count) => `${percent(rateOf(count))} (${figure(count.events)} of ${figure(count.total)})`;
  const worth = (count: Count) => figure(Math.round(count.total / inflation));
  const error = Math.sqrt((1 / candidate.total + 1 / baseline.total) * inflation);
  return {
    pValue,
    effect: rate - expected,
    interval: differenceInterval(candidate, baseline, alpha, inflation),
    tests,
    figures: `${text(candidate)} against ${text(baseline)}`,
    beyondLimit,
    power: {
      degrees,
      visible: (critical, reserve) => (critical + reserve) * error,
      needed: VISIBLE,
      text: (effect) => `a change to ${percent(changed(expected, worse === "lower" ? -effect : effect))}`,
      samples:
        `totals of ${figure(candidate.total)} and ${figure(baseline.total)}` +
        (inflation > 1 ? `, worth ${worth(candidate)} and ${worth(baseline)} independent ones` : ""),
    },
  };
}

/** The proportion that is an effect (Cohen's h) away; 0 or 1 where it would be beyond. */
export function changed(proportion: number, effect: number): number {
  const angle = 2 * Math.asin(Math.sqrt(proportion)) + effect;
  return Math.sin(Math.min(Math.PI, Math.max(0, angle)) / 2) ** 2;
}

function countsOf(values: Values): Counts {
  return Array.isArray(values) ? (values as (Count | null)[]).filter((value) => value !== null) : [values as Count];
}

function sum(counts: Counts): Count {
  return counts.reduce((all, { events, total }) => ({ events: all.events + events, total: all.total + total }), {
    events: 0,
    total: 0,
  });
}

function rateOf({ events, total }: Count): number {
  return events / total;
}

function noCount(counts: Counts, { total }: Count, color: string): Untestable | undefined {
  const wrong = counts.find((count) => !(count.events >= 0 && count.events <= count.total && count.total < Infinity));
  if (wrong !== undefined) {
    const reason = `the ${color} has ${figure(wrong.events)} events of ${figure(wrong.total)}: 0 to the total is possible`;
    return { result: "error", reason };
  }
  return total > 0 ? undefined : { result: "nodata", reason: `the ${color} has a total of 0` };
}

/** Whether the two have a count in exactly the same intervals. */
function sameIntervals({ candidate, baseline }: Metric): boolean {
  return (
    Array.isArray(candidate) &&
    Array.isArray(baseline) &&
    candidate.length === baseline.length &&
    candidate.every((count, index) => (count === null) === (baseline[index] === null))
  );
}

/** How much more the proportion varies between intervals than independent events would, and from one to the next. */
function overdispersion(own: Counts, other: Counts, paired: boolean): Dependence {
  const [candidate, baseline] = [sum(own), sum(other)];
  const pooled = (candidate.events + baseline.events) / (candidate.total + baseline.total);
  const independent = pooled * (1 - pooled) * (1 / candidate.total + 1 / baseline.total);
  if (Math.min(own.length, other.length) < FEWEST_INTERVALS || independent === 0) {
    return { inflation: 1, degrees: Infinity };
  }
  const [rest, otherRest] = [residuals(own, candidate), residuals(other, baseline)];
  const series = paired ? [rest.map((value, index) => value - otherRest[index]!)] : [rest, otherRest];
  const variance = series.reduce(
    (all, values) =>
      all + (values.reduce((squares, value) => squares + value ** 2, 0) * values.length) / (values.length - 1),
    0,
  );
  return {
    inflation: Math.max(1, (variance / independent) * seriesInflation(series)),
    degrees: own.length + other.length - 2,
  };
}

/** What each interval adds to the proportion beyond its share of the total; they sum to 0. */
function residuals(counts: Counts, { events, total }: Count): Float64Array {
  return Float64Array.from(counts, (count) => (count.events - (count.total * events) / total) / total);
}

/** Any difference counts. */
function differ(pValue: number, difference: number, dependent: Dependence, worse: Metric["worse"]): Test {
  const side = difference > 0 ? "high" : "low";
  const bad = worse === "either" || (worse === "higher") === (side === "high");
  return { detector: "proportion", pValue: Math.min(1, 2 * inflatedP(pValue / 2, dependent)), side, bad };
}

/** Only what is worse than the limit counts. */
function holdToLimit(
  candidate: Count,
  baseline: Count,
  dependent: Dependence,
  worse: Metric["worse"],
  limit: number,
): Pick<Evidence, "tests" | "beyondLimit"> {
  const ratio = rateOf(candidate) / rateOf(baseline);
  const sides = (["high", "low"] as const).filter(
    (side) => worse === "either" || (worse === "higher") === (side === "high"),
  );
  const tests = sides.map((side): Test => {
    const [more, fewer] = side === "high" ? [candidate, baseline] : [baseline, candidate];
    const pValue = Math.min(1, 2 * inflatedP(aboveLimit(more, fewer, limit), dependent));
    const times = Number.isFinite(ratio) ? `${figure(ratio)} times the baseline, ` : "";
    const finding = `${times}the limit is ${figure(side === "high" ? limit : 1 / limit)} times`;
    return { detector: "proportion", pValue, side, bad: true, finding: () => finding };
  });
  const beyond = tests.find(({ side }) =>
    side === "high" ? rateOf(candidate) > limit * rateOf(baseline) : limit * rateOf(candidate) < rateOf(baseline),
  );
  return { tests, beyondLimit: beyond?.finding?.() };
}
