import { dependence, inflatedAbove, type Dependence } from "./dependence";
import { detectors } from "./detectors";
import { studentReached } from "./distributions";
import { hodgesLehmann } from "./hodgesLehmann";
import { pairError, visibleShift } from "./power";
import { rankSum, type RankSum } from "./rankSum";
import { median, samplesOf, tolerating, type Sample, type Samples, type Series } from "./samples";
import { counted, figure, percent } from "./text";
import type { Evidence, Metric, Test, Untestable } from "./types";

/** Fewer values on a side support no verdict, however far apart they are. */
export const FEWEST = 5;
/** For a pass, a shift of so many standard deviations must be visible: one after which 98 of 100 pairs are the wrong way round. */
const VISIBLE = 3;

type Located = Pick<Evidence, "tests" | "beyondLimit">;

/**
 * Compares two series.
 *
 * @param alpha - The interval of the effect misses with this probability.
 */
export function compareSeries(metric: Metric, alpha: number): Evidence | Untestable {
  const [own, other] = [metric.candidate as Series, metric.baseline as Series];
  const samples = samplesOf(own, other);
  const { candidate, baseline } = samples;
  const limit = metric.maxRatio ?? 1;
  const unusable =
    tooFew(own, candidate, "candidate") ?? tooFew(other, baseline, "baseline") ?? noRatio(samples, limit);
  if (unusable !== undefined) {
    return unusable;
  }
  const test = rankSum(candidate, baseline);
  const dependent = dependence(test.candidateRanks, test.baselineRanks, samples.pairs);
  const { inflation, degrees } = dependent;
  const { shift, interval } = hodgesLehmann(candidate.sorted, baseline.sorted, alpha, inflation, degrees);
  const { tests, beyondLimit } = limit === 1 ? locate(test, dependent, metric) : holdToLimit(samples, metric, limit);
  const [length, baselineLength] = [candidate.values.length, baseline.values.length];
  const error = pairError(length, baselineLength, inflation);
  const center = median(baseline.sorted);
  return {
    pValue: test.pValue,
    effect: shift,
    interval,
    tests: [...tests, ...detectors(samples, metric.worse, limit, metric.uneven)],
    figures: `median ${figure(median(candidate.sorted))} against ${figure(center)}`,
    beyondLimit,
    power: {
      degrees,
      visible: (critical, reserve) => visibleShift(error, critical, reserve),
      needed: VISIBLE,
      text: inUnits(interval, 2 * Math.sqrt(3) * error * studentReached(alpha / 2, degrees), center),
      samples: sizes(length, baselineLength, inflation),
    },
  };
}

function tooFew(series: Series, { values: there }: Sample, color: string): Untestable | undefined {
  const missing = series.length - there.length;
  if (there.length === 0) {
    const empty = missing === 0 ? "" : `: ${counted(missing, "interval")}, all empty`;
    return { result: "nodata", reason: `the ${color} has no value${empty}` };
  }
  if (missing > there.length) {
    const reason = `the ${color} has no value in ${missing} of ${series.length} intervals: more is missing than is there`;
    return { result: "inconclusive", reason };
  }
  return there.length < FEWEST
    ? {
        result: "inconclusive",
        reason: `the ${color} has ${counted(there.length, "value")}, and fewer than ${FEWEST} support no verdict`,
      }
    : undefined;
}

function noRatio({ candidate, baseline }: Samples, limit: number): Untestable | undefined {
  const lowest = Math.min(candidate.sorted[0]!, baseline.sorted[0]!);
  return limit !== 1 && lowest < 0
    ? { result: "error", reason: `maxRatio needs values that are not negative, and there is ${figure(lowest)}` }
    : undefined;
}

/** Any difference counts. */
function locate({ z }: RankSum, dependent: Dependence, { worse }: Metric): Located {
  const side = z > 0 ? "high" : "low";
  const bad = worse === "either" || (worse === "higher") === (side === "high");
  const pValue = Math.min(1, 2 * inflatedAbove(Math.abs(z), dependent));
  return { tests: [{ detector: "location", pValue, side, bad }] };
}

/** Only what is worse than the limit counts: the candidate is held against the baseline times the limit. */
function holdToLimit(samples: Samples, { worse }: Metric, limit: number): Located {
  const ratio = pairRatio(samples);
  const located: Located = { tests: [] };
  for (const side of ["high", "low"] as const) {
    const towards = side === "high" ? "higher" : "lower";
    if (worse !== "either" && worse !== towards) {
      continue;
    }
    const { candidate, baseline, pairs } = tolerating(limit, towards, samples);
    const test = rankSum(candidate, baseline);
    const beyond = side === "high" ? test.z : -test.z;
    const finding =
      (ratio === undefined ? "" : `${figure(ratio)} times the baseline, `) +
      `the limit is ${figure(side === "high" ? limit : 1 / limit)} times`;
    const dependent = dependence(test.candidateRanks, test.baselineRanks, pairs);
    const pValue = Math.min(1, 2 * inflatedAbove(beyond, dependent));
    located.tests.push({ detector: "location", pValue, side, bad: true, finding: () => finding } satisfies Test);
    const excess = test.u - (candidate.values.length * baseline.values.length) / 2;
    if (side === "high" ? excess > 0 : excess < 0) {
      located.beyondLimit = finding;
    }
  }
  return located;
}

/** The median ratio of a candidate's to a baseline's value, where all are positive. */
function pairRatio({ candidate, baseline }: Samples): number | undefined {
  const ratios = () => hodgesLehmann(candidate.sorted.map(Math.log), baseline.sorted.map(Math.log), 0.05);
  return candidate.sorted[0]! > 0 && baseline.sorted[0]! > 0 ? Math.exp(ratios().shift) : undefined;
}

/** A shift in standard deviations, in words and in the metric's unit: the width of the interval says what one is. */
function inUnits(interval: [number, number] | undefined, halfWidth: number, center: number) {
  return (deviations: number): string => {
    const shift = interval === undefined ? 0 : (deviations * (interval[1] - interval[0])) / 2 / halfWidth;
    const share = center > 0 ? ` (${percent(shift / center)})` : "";
    return shift > 0
      ? `a shift of ${figure(shift)}${share}`
      : `a shift of ${figure(Number(deviations.toPrecision(2)))} standard deviations`;
  };
}

function sizes(candidate: number, baseline: number, inflation: number): string {
  const worth = (length: number) => Math.max(1, Math.floor(length / inflation));
  return (
    `${counted(candidate, "value")}, ${baseline} of the baseline, ` +
    `worth ${worth(candidate)} and ${worth(baseline)} independent ones`
  );
}
