import type { Color } from "../../stacks/config/fields";
import type { SimulatedLoad, Window } from "./load";
import { AI_LATENCY } from "./cell";
import { latencyAt, quantileNoise } from "./latency";
import { failed, latencyPart, part, spread, used, type MetricInput, type Modeled } from "./parts";
import { RESOURCES } from "./resources";
import { EXPERIENCE } from "./experience";

/** What the gates and triggers of a release are about. */
const METRICS: Readonly<Record<string, Modeled>> = {
  requests: { what: "requests in the window", value: ({ counts }) => counts.requests },
  "failed-requests": { what: "requests answered 5xx in the window", value: ({ counts }) => failed(counts) },
  "error-rate": part("% of requests answered 5xx", failed, "requests"),
  "latency-p50": latencyPart(0.5),
  "latency-p95": latencyPart(0.95),
  "latency-p99": latencyPart(0.99),
  "sessions-begun": { what: "sessions that began in the window", value: ({ counts }) => counts.sessions },
  "sessions-engaged": { what: "sessions that were engaged in the window", value: ({ counts }) => counts.engaged },
  sessions: {
    what: "active sessions",
    // One lasts ten minutes.
    value: ({ counts, seconds }) => Math.round((counts.sessions * 600) / seconds),
  },
  "crash-rate": part("% of sessions", (counts) => counts.crashes, "sessions"),
  "user-reports": { what: "reports per hour", value: ({ counts, seconds }) => (counts.reports * 3_600) / seconds },
  engagement: part("% of sessions", (counts) => counts.engaged, "sessions"),
  "career-selections": { what: "per minute", value: ({ counts, seconds }) => (counts.selections * 60) / seconds },
  "career-selections-per-session": { what: "per session", value: ({ counts }) => counts.selections / counts.sessions },
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
  ...RESOURCES,
  ...EXPERIENCE,
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

function aiLatency({ counts: { aiCalls, logAi, aiDeviate } }: MetricInput): number {
  if (aiCalls === 0) {
    return NaN;
  }
  const latency = { ...AI_LATENCY, median: AI_LATENCY.median * Math.exp(logAi / aiCalls) };
  return latencyAt(latency, 0.95) * Math.exp(quantileNoise(latency, 0.95, aiCalls, aiDeviate / Math.sqrt(aiCalls)));
}
