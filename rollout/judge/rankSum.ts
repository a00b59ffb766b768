import { normalAbove, normalReached } from "./distributions";
import type { Ordered } from "./samples";

/** A rank-sum test (Wilcoxon, Mann, Whitney) of two samples. */
export interface RankSum {
  /** U of the candidate: pairs in which the candidate's value is the higher one, ties counted half. */
  u: number;
  /** How far the candidate is above the baseline, as a standard normal value with the same p-value; negative below. */
  z: number;
  /** Two-sided, as if all values were independent of each other. */
  pValue: number;
  /** Midranks of the candidate's values in the pooled sample, in their order. */
  candidateRanks: Float64Array;
  /** Midranks of the baseline's values. */
  baselineRanks: Float64Array;
}

/**
 * Up to so many values in both samples together, the p-value is exact: the share of all ways to deal the pooled values out,
 * ties included. Above it the normal approximation with corrections for ties and continuity differs by less than 0.005.
 */
export const EXACT_UP_TO = 40;

/** Tests whether the candidate's values tend to be higher or lower than the baseline's. Neither may be empty. */
export function rankSum(candidate: Ordered, baseline: Ordered): RankSum {
  const [n, m] = [candidate.sorted.length, baseline.sorted.length];
  const { ranks, ties } = midranks(candidate, baseline);
  let sum = 0;
  for (let index = 0; index < n; index++) {
    sum += ranks[index]!;
  }
  const u = sum - (n * (n + 1)) / 2;
  const above = u - (n * m) / 2;
  const test = n + m <= EXACT_UP_TO ? exact(ranks, ties, n, sum) : approximate(above, n, m, ties);
  return {
    u,
    z: Math.sign(above) * test.z,
    pValue: test.pValue,
    candidateRanks: ranks.subarray(0, n),
    baselineRanks: ranks.subarray(n),
  };
}

const NOTHING: Ordered = { sorted: new Float64Array(), order: new Uint32Array() };

/**
 * Ranks from 1 in both samples together, in time order, those of the second one after those of the first. Equal values share the
 * mean of theirs. `ties` is the sum of t³ - t over groups of t equal values.
 */
export function midranks(first: Ordered, second = NOTHING): { ranks: Float64Array; ties: number } {
  const [own, other, length] = [first.sorted, second.sorted, first.sorted.length];
  const ranks = new Float64Array(length + other.length);
  let [here, there, ties] = [0, 0, 0];
  while (here < length || there < other.length) {
    const value = there === other.length || own[here]! <= other[there]! ? own[here]! : other[there]!;
    const [from, since] = [here, there];
    while (here < length && own[here] === value) {
      here++;
    }
    while (there < other.length && other[there] === value) {
      there++;
    }
    const rank = (from + since + here + there + 1) / 2;
    for (let place = from; place < here; place++) {
      ranks[first.order[place]!] = rank;
    }
    for (let place = since; place < there; place++) {
      ranks[length + second.order[place]!] = rank;
    }
    const tied = here - from + there - since;
    ties += tied ** 3 - tied;
  }
  return { ranks, ties };
}

function approximate(above: number, n: number, m: number, ties: number): { z: number; pValue: number } {
  const total = n + m;
  const variance = ((n * m) / 12) * (total + 1 - ties / (total * (total - 1)));
  if (!(variance > 0)) {
    return { z: 0, pValue: 1 };
  }
  // Half a step of U: it is discrete, and the normal distribution is not.
  const z = Math.max(0, Math.abs(above) - 0.5) / Math.sqrt(variance);
  return { z, pValue: Math.min(1, 2 * normalAbove(z)) };
}

/** Without ties, the distribution depends on the sizes alone: it is kept. */
const untied = new Map<string, Float64Array>();

function exact(ranks: Float64Array, ties: number, n: number, sum: number): { z: number; pValue: number } {
  const key = `${n} ${ranks.length}`;
  const shares = (ties === 0 ? untied.get(key) : undefined) ?? distribution(ranks, n);
  if (ties === 0) {
    untied.set(key, shares);
  }
  const at = Math.round(2 * sum);
  let [below, notBelow] = [0, 0];
  for (let index = 0; index < shares.length; index++) {
    below += index <= at ? shares[index]! : 0;
    notBelow += index >= at ? shares[index]! : 0;
  }
  const pValue = Math.min(1, 2 * Math.min(below, notBelow));
  return { z: Math.max(0, normalReached(pValue / 2)), pValue };
}

/** For each sum of twice the ranks (midranks have halves): its share among all choices of `n` of them. */
function distribution(ranks: Float64Array, n: number): Float64Array {
  const doubled = ranks.map((rank) => Math.round(2 * rank)).sort();
  const largest = doubled.slice(-n).reduce((total, rank) => total + rank, 0);
  const counts = Array.from({ length: n + 1 }, () => new Float64Array(largest + 1));
  counts[0]![0] = 1;
  doubled.forEach((rank, index) => {
    for (let chosen = Math.min(n, index + 1); chosen > 0; chosen--) {
      const [to, from] = [counts[chosen]!, counts[chosen - 1]!];
      for (let sum = largest; sum >= rank; sum--) {
        to[sum]! += from[sum - rank]!;
      }
    }
  });
  // 40 choose 20 is below 2^53: the counts are exact.
  const all = counts[n]!.reduce((total, count) => total + count, 0);
  return counts[n]!.map((count) => count / all);
}
