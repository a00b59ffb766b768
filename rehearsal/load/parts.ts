import type { Window } from "./load";
import { LATENCY } from "./cell";
import { latencyAt, quantileNoise, type Latency } from "./latency";
import type { Noise } from "./noise";
import type { Counts } from "./track";

/** What a metric is read off. */
export interface MetricInput extends Window {
  /** Chance of the color, of each region. */
  noises: readonly Noise[];
  /** Chance of what both colors share, of each region. */
  weathers: readonly Noise[];
  seconds: number;
}

/** A metric that the rehearsal models. */
export interface Modeled {
  /** What it is, with its unit. */
  what: string;
  /** The value; NaN where it has none, as of 0 errors in 0 requests; undefined where nothing reports it. */
  value: (input: MetricInput) => number | undefined;
  /** Events and what they are a part of, for a metric that is a part. */
  part?: readonly [events: (counts: Counts) => number, total: keyof Counts];
}

/** How long requests of a window took; undefined when there were none. */
export function latencyOf({ counts }: Pick<Window, "counts">): Latency | undefined {
  return counts.requests === 0
    ? undefined
    : {
        ...LATENCY,
        median: Math.exp(counts.logMedian / counts.requests),
        tail: counts.tail / counts.requests,
      };
}

/** Requests that failed, for whatever reason. */
export function failed({ failedOrdinary, failedRelease, failedCapacity, failedDatabase }: Counts): number {
  return failedOrdinary + failedRelease + failedCapacity + failedDatabase;
}

/** A metric that is a part, in percent. */
export function part(what: string, events: (counts: Counts) => number, total: keyof Counts): Modeled {
  return { what, value: ({ counts }) => (100 * events(counts)) / counts[total], part: [events, total] };
}

/** How long requests take at a quantile, in seconds. @param times - How many times as long as all together these take. */
export function latencyPart(quantile: number, times = 1): Modeled {
  return {
    what: "s",
    value: (input) => {
      const latency = latencyOf(input);
      const { requests, deviate } = input.counts;
      // The root of the requests is in the sum already: that is how deviates of cells make one of the window.
      return latency === undefined
        ? NaN
        : times *
            latencyAt(latency, quantile) *
            Math.exp(quantileNoise(latency, quantile, requests, deviate / Math.sqrt(requests)));
    },
  };
}

/** What pods use: nothing reports it where there are none. */
export function used({ ready }: MetricInput, percent: number): number | undefined {
  return ready === 0 ? undefined : Math.min(100, Math.max(0, percent));
}

/** Chance of some size. */
export function spread({ noises, cell }: MetricInput, kind: number, size: number): number {
  return (size * noises.reduce((sum, noise) => sum + noise.normal(cell, kind), 0)) / noises.length;
}
