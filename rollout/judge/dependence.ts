import { normalReached, studentAbove } from "./distributions";
import type { Pairs } from "./samples";

/**
 * Samples of a system depend on those before them, and both colors see the same day. A rank-sum test that ignores this takes
 * every slow minute for many: on series with an autocorrelation of 0.5 it raises a false alarm five times too often. So the
 * test's variance is estimated, as a factor over that of independent values.
 */

/** What two samples are worth. */
export interface Dependence {
  /** How many times the variance of independent values the variance of the comparison is; at least 1. */
  inflation: number;
  /** Degrees of freedom of the estimate. */
  degrees: number;
}

/** The autocorrelation is taken this many standard errors above its estimate: an underestimate becomes a false alarm. */
const MARGIN = 1.25;

/**
 * Estimates how dependent values are that a test compares by their means.
 *
 * Where both sides have a value in the same intervals, differences are looked at: what both colors share, as the daily cycle,
 * is no difference. Otherwise each side is looked at by itself.
 *
 * @param candidate - A score of each of the candidate's values, in time order: ranks, for a rank-sum test.
 * @param baseline - The same for the baseline.
 * @param pairs - The values of the same intervals; `undefined` when the samples do not share them.
 */
export function dependence(candidate: Float64Array, baseline: Float64Array, pairs: Pairs | undefined): Dependence {
  const degrees = candidate.length + baseline.length - 2;
  const [own, other] = [centered(candidate), centered(baseline)];
  if (pairs === undefined) {
    return { inflation: seriesInflation([own, other]), degrees };
  }
  const differences = new Float64Array(pairs.candidate.length);
  for (let index = 0; index < differences.length; index++) {
    differences[index] = candidate[pairs.candidate[index]!]! - baseline[pairs.baseline[index]!]!;
  }
  const apart = centered(differences);
  const independent = variance(own) + variance(other);
  // Below 1 where the colors move together, above it where one goes up as the other goes down.
  const shared = independent > 0 ? variance(apart) / independent : 1;
  return { inflation: Math.max(1, shared * seriesInflation([apart])), degrees };
}

/** What is left of a standard normal value when the variance is inflated. One-sided: p of being so far above. */
export function inflatedAbove(z: number, { inflation, degrees }: Dependence): number {
  return studentAbove(z / Math.sqrt(inflation), degrees);
}

/** The same for a one-sided p-value. */
export function inflatedP(pValue: number, dependent: Dependence): number {
  // Further below the middle there is nothing to take back, and the quantile of 1 is infinite.
  return pValue >= 0.5 ? pValue : inflatedAbove(normalReached(pValue), dependent);
}

/** The inflation of the mean of centered series that have the same autocorrelation; each at least 1, at most its length. */
export function seriesInflation(series: readonly Float64Array[], parameters = 1): number {
  const total = series.reduce((sum, each) => sum + each.length, 0);
  const length = total / series.length;
  const power = lagged(series, 0);
  const first = power > 0 ? lagged(series, 1) / power : 0;
  const short = autoregressive(cautious(first, length, total, parameters), length);
  return Math.min(length, Math.max(1, short, power > 0 ? longMemory(series, power, length) : 1));
}

/**
 * An autocorrelation at lag one, corrected for the mean that was estimated from the same values (Kendall 1954), and taken
 * {@link MARGIN} standard errors higher.
 */
export function cautious(correlation: number, length: number, total: number, parameters = 1): number {
  const corrected = correlation + (parameters * (1 + 3 * correlation)) / length;
  const error = Math.sqrt(Math.max(0, 1 - corrected ** 2) / total);
  return Math.min(0.98, Math.max(0, corrected + MARGIN * error));
}

/** The inflation of the mean of `length` values of an AR(1) series. */
export function autoregressive(correlation: number, length: number): number {
  const rest = 1 - correlation;
  return (1 + correlation) / rest - (2 * correlation * (1 - correlation ** length)) / (length * rest ** 2);
}

/** What an AR(1) series does not show: correlations at later lags, summed in pairs until they vanish (Geyer 1992). */
function longMemory(series: readonly Float64Array[], power: number, length: number): number {
  const last = Math.floor(Math.min(...series.map((each) => each.length)) / 3);
  let sum = 1;
  for (let lag = 1; lag <= last; lag += 2) {
    const pair = (lagged(series, lag) + lagged(series, lag + 1)) / power;
    if (pair <= 0) {
      break;
    }
    sum += 2 * pair;
  }
  return sum < length ? sum / (1 - sum / length) : length;
}

function lagged(series: readonly Float64Array[], lag: number): number {
  let sum = 0;
  for (const values of series) {
    for (let index = lag; index < values.length; index++) {
      sum += values[index]! * values[index - lag]!;
    }
  }
  return sum;
}

function centered(values: Float64Array): Float64Array {
  let sum = 0;
  for (let index = 0; index < values.length; index++) {
    sum += values[index]!;
  }
  const mean = sum / values.length;
  const rest = new Float64Array(values.length);
  for (let index = 0; index < rest.length; index++) {
    rest[index] = values[index]! - mean;
  }
  return rest;
}

/** Of centered values. */
function variance(values: Float64Array): number {
  return lagged([values], 0) / values.length;
}
