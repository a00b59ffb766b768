import { normalBelow, quantile } from "./noise";

/** How long requests take: most of them lognormal, a small part in a tail of its own. */
export interface Latency {
  /** Median of most requests, in seconds. */
  median: number;
  /** Standard deviation of the logarithm. */
  spread: number;
  /** Part of the requests that lies in the tail, 0 to 1. */
  tail: number;
}

/** How much slower the requests in the tail are: those that wait for a lock, or for a query without its index. */
export const TAIL_TIMES = 25;
const TAIL_FACTOR = Math.log(TAIL_TIMES);

/** The part of the requests that take no longer than so many seconds, 0 to 1. */
export function within({ median, spread, tail }: Latency, seconds: number): number {
  const z = Math.log(seconds / median) / spread;
  return (1 - tail) * normalBelow(z) + (tail === 0 ? 0 : tail * normalBelow(z - TAIL_FACTOR / spread));
}

/** How long the given part of the requests takes at most, in seconds. @param part - Between 0 and 1, both excluded. */
export function latencyAt(latency: Latency, part: number): number {
  const { median, spread, tail } = latency;
  if (tail === 0) {
    return median * Math.exp(spread * quantile(part));
  }
  // It lies between what it was without a tail and what it were if everything lay there.
  let low = Math.log(median) + spread * quantile(part);
  let high = low + TAIL_FACTOR;
  for (let round = 0; round < 30; round += 1) {
    const middle = (low + high) / 2;
    if (within(latency, Math.exp(middle)) < part) {
      low = middle;
    } else {
      high = middle;
    }
  }
  return Math.exp((low + high) / 2);
}

/**
 * How far the quantile of so many requests lies from the true one, as a logarithm, for a deviate of a standard normal
 * distribution: the standard error of a sample's quantile.
 */
export function quantileNoise({ spread }: Latency, part: number, requests: number, deviate: number): number {
  const z = quantile(part);
  const density = Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI);
  return (deviate * spread * Math.sqrt((part * (1 - part)) / requests)) / density;
}
