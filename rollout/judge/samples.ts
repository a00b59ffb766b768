import { order } from "./order";
import type { Metric } from "./types";

/** A series: in time order, `null` where an interval has no value. */
export type Series = readonly (number | null)[];

/** Values by size. */
export interface Ordered {
  sorted: Float64Array;
  /** Where each of them is in time order: they are sorted once, and ranked again and again. */
  order: Uint32Array;
}

/** The values of a color that are there. */
export interface Sample extends Ordered {
  /** In time order. */
  values: Float64Array;
}

/** Two samples of the same window. */
export interface Samples {
  candidate: Sample;
  baseline: Sample;
  /** The values of the same intervals; `undefined` when the samples are not of the same intervals. */
  pairs: Pairs | undefined;
}

/** Indices of values of the same interval, at the same place of both lists. */
export interface Pairs {
  candidate: Uint32Array;
  baseline: Uint32Array;
}

/** The values that are there. Series of the same length cover the same intervals. */
export function samplesOf(candidate: Series, baseline: Series): Samples {
  const [own, other] = [present(candidate), present(baseline)];
  return {
    candidate: sampleOf(own),
    baseline: sampleOf(other),
    pairs: pairsOf(candidate, baseline, Math.min(own.length, other.length)),
  };
}

/** What is missing, not a number or infinite is no value. */
function present(series: Series): Float64Array {
  const values = new Float64Array(series.length);
  let count = 0;
  for (const value of series) {
    if (Number.isFinite(value)) {
      values[count++] = value!;
    }
  }
  return values.subarray(0, count);
}

/** Sorts finite values. */
export function sampleOf(values: Float64Array): Sample {
  const ordered = order(values);
  const sorted = new Float64Array(values.length);
  for (let place = 0; place < sorted.length; place++) {
    sorted[place] = values[ordered[place]!]!;
  }
  return { values, order: ordered, sorted };
}

function pairsOf(candidate: Series, baseline: Series, fewer: number): Pairs | undefined {
  if (candidate.length !== baseline.length) {
    return undefined;
  }
  const pairs = { candidate: new Uint32Array(fewer), baseline: new Uint32Array(fewer) };
  let [own, other, count] = [0, 0, 0];
  for (let index = 0; index < candidate.length; index++) {
    const [here, there] = [Number.isFinite(candidate[index]), Number.isFinite(baseline[index])];
    if (here && there) {
      pairs.candidate[count] = own;
      pairs.baseline[count++] = other;
    }
    own += here ? 1 : 0;
    other += there ? 1 : 0;
  }
  // Where the gaps of the two hardly leave intervals in common, each sample is better looked at by itself.
  return 2 * count > fewer
    ? { candidate: pairs.candidate.subarray(0, count), baseline: pairs.baseline.subarray(0, count) }
    : undefined;
}

/** The samples as they compare when the candidate may be `limit` times as bad; as they are for a limit of 1. */
export function tolerating(limit: number, worse: Metric["worse"], samples: Samples): Samples {
  if (limit === 1) {
    return samples;
  }
  return {
    candidate: scaled(samples.candidate, worse === "lower" ? limit : 1),
    baseline: scaled(samples.baseline, worse === "lower" ? 1 : limit),
    pairs: samples.pairs,
  };
}

function scaled({ values, order: ordered, sorted }: Sample, by: number): Sample {
  const scale = (value: number) => rounded(value * by);
  return { values: values.map(scale), order: ordered, sorted: sorted.map(scale) };
}

/** Of one value or more, sorted. */
export function median(sorted: Float64Array): number {
  return (sorted[(sorted.length - 1) >> 1]! + sorted[sorted.length >> 1]!) / 2;
}

/**
 * A computed value, rounded to 24 significant bits, so that equal ones stay equal in every unit: 3 - 2 and 2 - 1 are, and
 * 0.3 - 0.2 and 0.2 - 0.1 are not. The last bits of a difference are noise, so most of them go.
 */
export function rounded(value: number): number {
  // Dekker's split (1971): no limit on how small a value may be, and above 1e299 it is left as it is.
  const shifted = value * (2 ** 29 + 1);
  return Number.isFinite(shifted) ? shifted - (shifted - value) : value;
}
