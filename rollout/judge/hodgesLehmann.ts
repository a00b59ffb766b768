import { studentReached } from "./distributions";

/** By how much the candidate is higher, in the unit of the values. */
export interface Shift {
  /** The Hodges-Lehmann estimate: the median of all differences between a candidate's and a baseline's value. */
  shift: number;
  /** Its confidence interval; `undefined` where the samples are too few for its level. */
  interval: [number, number] | undefined;
}

/**
 * Estimates the shift, by counting pairs instead of forming them all.
 *
 * @param high - The candidate's values, sorted.
 * @param low - The baseline's values, sorted.
 * @param alpha - The interval misses with this probability.
 * @param inflation - How much wider than for independent values the variance is: see dependence.ts. 1 for independent ones.
 * @param degrees - Degrees of freedom of that inflation; infinite when it is known.
 */
export function hodgesLehmann(
  high: Float64Array,
  low: Float64Array,
  alpha: number,
  inflation = 1,
  degrees = Infinity,
): Shift {
  const pairs = high.length * low.length;
  const deviation = Math.sqrt(((pairs * (high.length + low.length + 1)) / 12) * inflation);
  const rank = Math.floor(pairs / 2 - studentReached(alpha / 2, degrees) * deviation);
  const rough = roughly(high, low);
  const middle = ranked(high, low, Math.floor((pairs + 1) / 2), rough);
  const { count, next } = splitAt(high, low, middle);
  const other = pairs % 2 === 1 || 2 * count > pairs ? middle : next;
  return {
    shift: middle + (other - middle) / 2,
    interval: rank < 1 ? undefined : [ranked(high, low, rank, rough), ranked(high, low, pairs + 1 - rank, rough)],
  };
}

/** How far beside the likely place the guesses are, as a part of the range. */
const NEAR = 0.02;
/** So few differences are looked at one by one. */
const FEW = 400;
/** So many values of each sample give a first idea of how the differences lie. */
const ROUGH = 16;

/** Differences of evenly spread values of each sample, sorted. */
function roughly(high: Float64Array, low: Float64Array): Float64Array {
  const spread = (values: Float64Array, index: number) => values[Math.floor(((index + 0.5) * values.length) / ROUGH)]!;
  const rough = new Float64Array(ROUGH * ROUGH);
  for (let index = 0; index < rough.length; index++) {
    rough[index] = spread(high, index % ROUGH) - spread(low, Math.floor(index / ROUGH));
  }
  return rough.sort();
}

/**
 * The difference of the given rank (from 1) between a value of `high` and one of `low`. Guesses, counts the differences up to the
 * guess, and guesses again between the two nearest, until few are left.
 */
function ranked(high: Float64Array, low: Float64Array, rank: number, rough: Float64Array): number {
  // The sought one is in [least, most], which are differences themselves; `before` are below, `until` not above.
  let [least, before] = [high[0]! - low.at(-1)!, 0];
  let [most, until] = [high.at(-1)! - low[0]!, high.length * low.length];
  const place = Math.floor((rank / until) * rough.length);
  const guesses = [rough[place - 4], rough[place + 4]];
  while (least < most && until - before > FEW) {
    if (guesses.length === 0) {
      // Between the ends, as if the differences lay evenly; a little to both sides of it, so that both ends close in.
      const share = (rank - 0.5 - before) / (until - before);
      guesses.push(...[share - NEAR, share + NEAR].map((part) => least + (most - least) * part));
    }
    const guess = guesses.pop();
    // A guess outside is of no use; the lowest one inside always narrows the range.
    const split = splitAt(high, low, guess !== undefined && guess >= least && guess < most ? guess : least);
    if (split.count >= rank) {
      [most, until] = [split.last, split.count];
    } else {
      [least, before] = [split.next, split.count];
    }
  }
  return least < most ? within(high, low, least, most)[rank - before - 1]! : most;
}

/** The differences from `least` to `most`, sorted: few. */
function within(high: Float64Array, low: Float64Array, least: number, most: number): Float64Array {
  const found: number[] = [];
  let first = 0;
  for (const value of high) {
    while (first < low.length && value - low[first]! > most) {
      first++;
    }
    for (let other = first; other < low.length && value - low[other]! >= least; other++) {
      found.push(value - low[other]!);
    }
  }
  return Float64Array.from(found).sort();
}

/** How many differences are not above `limit`, the last of them, and the one after it. */
function splitAt(high: Float64Array, low: Float64Array, limit: number): { count: number; last: number; next: number } {
  let [count, last, next] = [0, -Infinity, Infinity];
  let first = 0;
  for (let index = 0; index < high.length; index++) {
    const value = high[index]!;
    while (first < low.length && value - low[first]! > limit) {
      first++;
    }
    count += low.length - first;
    if (first < low.length && value - low[first]! > last) {
      last = value - low[first]!;
    }
    if (first > 0 && value - low[first - 1]! < next) {
      next = value - low[first - 1]!;
    }
  }
  return { count, last, next };
}
