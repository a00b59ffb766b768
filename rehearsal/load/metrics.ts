import type { Color } from "../../stacks/config/fields";
import type { SimulatedLoad, Window } from "./load";
import { AI_LATENCY, LATENCY } from "./cell";
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
interface Modeled {
  /** What it is, with its unit. */
  what: string;
  /** The value; NaN where it has none, as of 0 errors in 0 requests; undefined where nothing reports it. */
  value: (input: MetricInput) => number | undefined;
  /** Events and what they are a part of, for a metric that is a part. */
  part?: readonly [events: (counts: Counts) => number, total: keyof Counts];
}

/** What the gates and triggers of a release are about. */
const METRICS: Readonly<Record<string, Modeled>> = {
  requests: { what: "requests in the window", value: ({ counts }) => counts.requests },
  "failed-requests": { what: "requests answered 5xx in the window", value: ({ counts }) => failed(counts) },
  "error-rate": part("% of requests answered 5xx", failed, "requests"),
  "latency-p50": latencyPart(0.5),
  "latency-p95": latencyPart(0.95),
  "latency-p99": latencyPart(0.99),
  "sessions-begun": { what: "sessions that began in the window", value: ({ counts }) => counts.sessions },
  sessions: {
    what: "active sessions",
    // One lasts ten minutes.
    value: ({ counts, seconds }) => Math.round((counts.sessions * 600) / seconds),
  },
  "crash-rate": part("% of sessions", (counts) => counts.crashes, "sessions"),
  "user-reports": { what: "reports per hour", value: ({ counts, seconds }) => (counts.reports * 3_600) / seconds },
  engagement: part("% of sessions", (counts) => counts.engaged, "sessions"),
  "career-selections": { what: "per minute", value: ({ counts, seconds }) => (counts.selections * 60) / seconds },
  "flow-state": { what: "% on average of sessions", value: ({ counts }) => counts.flow / counts.sessions },
  "ai-calls": { what: "AI calls in the window", value: ({ counts }) => counts.aiCalls },
  "ai-error-rate": part("% of AI calls", (counts) => counts.aiErrors, "aiCalls"),
  "ai-latency-p95": { what: "s", value: aiLatency },
  "database-connection-failures": part("% of attempts", (counts) => counts.connectionFailures, "connections"),
  cpu: {
    what: "% used",
    value: (input) => used(input, 10 + 72 * (input.counts.utilization / input.cells) + spread(input, 21, 1.2)),
  },
  memory: {
    what: "% used",
    value: (input) =>
      used(
        input,
        48 +
          8 * Math.min(1, input.counts.utilization / input.cells) +
          input.counts.memory / input.cells +
          spread(input, 22, 0.5),
      ),
  },
  "healthy-targets": { what: "least healthy targets of any workload", value: ({ ready }) => ready },
  "open-incidents": { what: "incidents, whole system", value: () => 0 },
  "replica-lag": {
    what: "s",
    value: ({ weathers, cell }) =>
      Math.max(...weathers.map((weather) => 0.4 * Math.exp(0.4 * weather.normal(cell, 31)))),
  },
};

/** The names of the metrics that the rehearsal models. */
export const MODELED_METRICS: readonly string[] = Object.keys(METRICS);

/**
 * A metric by name; undefined when the rehearsal does not model it. A name that goes on after a modeled one (`error-rate-1h`) is
 * that metric over another window: of several, the longest counts.
 */
export function modeled(name: string): Modeled | undefined {
  const [known] = MODELED_METRICS.filter((each) => name === each || name.startsWith(`${each}-`)).sort(
    (one, other) => other.length - one.length,
  );
  return known === undefined ? undefined : METRICS[known];
}

/** What a metric is read off; undefined where nothing was counted. */
export function inputOf(
  load: SimulatedLoad,
  color: Color,
  regions: readonly string[],
  at: number,
  windowLength: number,
): MetricInput | undefined {
  const known = regions.every((region) => load.regions.includes(region));
  const window: Window | undefined = known ? load.window(color, regions, at, windowLength) : undefined;
  return window === undefined
    ? undefined
    : {
        ...window,
        seconds: windowLength,
        noises: regions.map((region) => load.noise(region, color)),
        weathers: regions.map((region) => load.noise(region)),
      };
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

function failed({ failedOrdinary, failedRelease, failedCapacity }: Counts): number {
  return failedOrdinary + failedRelease + failedCapacity;
}

function part(what: string, events: (counts: Counts) => number, total: keyof Counts): Modeled {
  return { what, value: ({ counts }) => (100 * events(counts)) / counts[total], part: [events, total] };
}

function latencyPart(quantile: number): Modeled {
  return {
    what: "s",
    value: (input) => {
      const latency = latencyOf(input);
      const { requests, deviate } = input.counts;
      // The root of the requests is in the sum already: that is how deviates of cells make one of the window.
      return latency === undefined
        ? NaN
        : latencyAt(latency, quantile) *
            Math.exp(quantileNoise(latency, quantile, requests, deviate / Math.sqrt(requests)));
    },
  };
}

function aiLatency({ counts: { aiCalls, logAi, aiDeviate } }: MetricInput): number {
  if (aiCalls === 0) {
    return NaN;
  }
  const latency = { ...AI_LATENCY, median: AI_LATENCY.median * Math.exp(logAi / aiCalls) };
  return latencyAt(latency, 0.95) * Math.exp(quantileNoise(latency, 0.95, aiCalls, aiDeviate / Math.sqrt(aiCalls)));
}

/** What pods use: nothing reports it where there are none. */
function used({ ready }: MetricInput, percent: number): number | undefined {
  return ready === 0 ? undefined : Math.min(100, Math.max(0, percent));
}

function spread({ noises, cell }: MetricInput, kind: number, size: number): number {
  return (size * noises.reduce((sum, noise) => sum + noise.normal(cell, kind), 0)) / noises.length;
}
