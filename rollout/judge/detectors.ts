import { dependence, inflatedAbove, inflatedP, seriesInflation } from "./dependence";
import { hypergeometricAtLeast } from "./distributions";
import { midranks, rankSum } from "./rankSum";
import { median, rounded, sampleOf, tolerating, type Ordered, type Pairs, type Sample, type Samples } from "./samples";
import { figure } from "./text";
import type { Metric, Test } from "./types";

/**
 * What a comparison of all values does not see: a slow tail, a wider spread, a change that grows. They see a change of shape,
 * which a healthy release may have of its own: so they hold a rollout, and no more.
 */

/** The tail is this part of both samples together. */
const TAIL = 0.05;
/** Fewer values in the tail show nothing: dealt out at random, five are all the candidate's once in 32 times. */
const TAIL_VALUES = 5;
/** Values of both samples together from which the spread is compared. */
const SPREAD_VALUES = 40;
/** Intervals from which a trend is looked for. */
const TREND_INTERVALS = 20;

/**
 * All detectors that the samples are large enough for.
 *
 * @param worse - In which direction a change is bad. A wider spread always is.
 * @param limit - How many times as bad as the baseline is tolerated.
 * @param uneven - Whether the sides' values rest on different numbers of requests: those of fewer scatter more, whatever the
 *   release is like, so that neither their spread nor their tail says anything of it.
 */
export function detectors(samples: Samples, worse: Metric["worse"], limit: number, uneven = false): Test[] {
  const shapes = uneven
    ? []
    : [
        ...(worse === "lower" ? [] : tail(tolerating(limit, "higher", samples), "high")),
        ...(worse === "higher" ? [] : tail(tolerating(limit, "lower", samples), "low")),
        ...spread(samples, limit),
      ];
  return [...shapes, ...trend(samples, worse, limit)];
}

/** Whether more of the most extreme values are the candidate's than a fair deal gives it. */
function tail({ candidate, baseline, pairs }: Samples, side: "high" | "low"): Test[] {
  const sign = side === "high" ? 1 : -1;
  const all = candidate.values.length + baseline.values.length;
  const limit = sign * extreme(candidate, baseline, sign, Math.floor(TAIL * all));
  const inTail = (value: number) => (sign * value > limit ? 1 : 0);
  const [own, other] = [candidate.values.map(inTail), baseline.values.map(inTail)];
  const found = total(own);
  const size = found + total(other);
  if (size < TAIL_VALUES) {
    return [];
  }
  const fair = (size * own.length) / all;
  const pValue = hypergeometricAtLeast(found, own.length, other.length, size);
  return [
    {
      detector: "tail",
      pValue: inflatedP(pValue, dependence(own, other, pairs)),
      side,
      bad: true,
      finding: () =>
        `${found} of the ${size} ${side === "high" ? "highest" : "lowest"} values are the candidate's, ` +
        `where ${figure(fair)} would be fair`,
    },
  ];
}

/** The most extreme value of both samples, in a direction, after `skip` others. */
function extreme(candidate: Sample, baseline: Sample, sign: 1 | -1, skip: number): number {
  const at = ({ sorted }: Sample, index: number) => sorted.at(sign > 0 ? -1 - index : index) ?? -sign * Infinity;
  let [own, other] = [0, 0];
  while (own + other < skip) {
    if (sign * (at(candidate, own) - at(baseline, other)) > 0) {
      own++;
    } else {
      other++;
    }
  }
  return sign * Math.max(sign * at(candidate, own), sign * at(baseline, other));
}

/** Whether the candidate's values are further from their median than the baseline's: a rank-sum test of the distances. */
function spread({ candidate, baseline, pairs }: Samples, limit: number): Test[] {
  if (candidate.values.length + baseline.values.length < SPREAD_VALUES) {
    return [];
  }
  const [own, other] = [distances(candidate, 1), distances(baseline, limit)];
  const test = rankSum(own, other);
  return [
    {
      detector: "variance",
      pValue: inflatedAbove(test.z, dependence(test.candidateRanks, test.baselineRanks, pairs)),
      side: "high",
      bad: true,
      finding: () =>
        `the values scatter more: typically ${figure(median(own.sorted))} from their median, ` +
        `the baseline's ${figure(median(other.sorted) / limit)}`,
    },
  ];
}

/** How far values are from their median, the nearest first: they are next to it, on both sides. */
function distances({ sorted, order }: Sample, times: number): Ordered {
  const center = median(sorted);
  const length = sorted.length;
  const far = new Float64Array(length);
  let above = 0;
  for (let place = 0; place < length; place++) {
    far[place] = rounded(times * Math.abs(sorted[place]! - center));
    above += sorted[place]! < center ? 1 : 0;
  }
  let below = above - 1;
  const ordered: Ordered = { sorted: new Float64Array(length), order: new Uint32Array(length) };
  for (let place = 0; place < length; place++) {
    const next = above === length || (below >= 0 && far[below]! <= far[above]!) ? below-- : above++;
    ordered.sorted[place] = far[next]!;
    ordered.order[place] = order[next]!;
  }
  return ordered;
}

/** Whether the candidate drifts away from the baseline: Spearman's rank correlation with time. */
function trend(samples: Samples, worse: Metric["worse"], limit: number): Test[] {
  const { candidate, baseline, pairs } = samples;
  const aligned = pairs ?? stretched(candidate.values.length, baseline.values.length);
  const length = aligned.candidate.length;
  if (length < TREND_INTERVALS) {
    return [];
  }
  // A release that is 10 % slower all day has a difference that follows the day; its ratio does not.
  const positive = candidate.sorted[0]! > 0 && baseline.sorted[0]! > 0;
  const apart = new Float64Array(length);
  for (let index = 0; index < length; index++) {
    const [own, other] = [candidate.values[aligned.candidate[index]!]!, baseline.values[aligned.baseline[index]!]!];
    apart[index] = rounded(positive ? own / other : own - other);
  }
  const residuals = midranks(sampleOf(apart)).ranks;
  const middle = (length + 1) / 2;
  const time = (length * (length ** 2 - 1)) / 12;
  let [product, square] = [0, 0];
  for (let index = 0; index < length; index++) {
    residuals[index]! -= middle;
    product += residuals[index]! * (index + 1 - middle);
    square += residuals[index]! ** 2;
  }
  if (square === 0) {
    return [];
  }
  const correlation = product / Math.sqrt(square * time);
  for (let index = 0; index < length; index++) {
    residuals[index]! -= (product / time) * (index + 1 - middle);
  }
  const drift = { inflation: seriesInflation([residuals], 2), degrees: length - 2 };
  const side = correlation > 0 ? "high" : "low";
  const towards = worse === "either" || (worse === "higher") === (side === "high");
  const pValue = inflatedAbove(Math.abs(correlation) * Math.sqrt(length - 1), drift);
  return [
    {
      detector: "trend",
      pValue: worse === "either" ? 2 * pValue : towards ? pValue : 1 - pValue,
      side,
      bad: towards && leadsBeyond(limit, side, samples, aligned),
      finding: () =>
        `the candidate ${side === "high" ? "rises" : "falls"} against the baseline with time, ` +
        `rank correlation ${figure(correlation)}`,
    },
  ];
}

/** Whether a drift has left what is tolerated: a color that has less to do is a little faster at noon, and as fast at night. */
function leadsBeyond(limit: number, side: "high" | "low", samples: Samples, aligned: Pairs): boolean {
  if (limit === 1) {
    return true;
  }
  const [own, other] = [late(samples.candidate, aligned.candidate), late(samples.baseline, aligned.baseline)];
  return side === "high" ? own > limit * other : limit * own < other;
}

/** The median of the last quarter of the intervals. */
function late({ values }: Sample, intervals: Uint32Array): number {
  const last = intervals.subarray(Math.floor(0.75 * intervals.length));
  return median(Float64Array.from(last, (index) => values[index]!).sort());
}

/** Samples of different length cover the same window: each value of the shorter one, with the one at its part of it. */
function stretched(candidate: number, baseline: number): Pairs {
  const length = Math.min(candidate, baseline);
  const of = (all: number) => Uint32Array.from({ length }, (_, index) => Math.floor(((index + 0.5) * all) / length));
  return { candidate: of(candidate), baseline: of(baseline) };
}

function total(values: Float64Array): number {
  let sum = 0;
  for (let index = 0; index < values.length; index++) {
    sum += values[index]!;
  }
  return sum;
}
