import { TAIL_TIMES } from "./latency";
import { failed, latencyOf, latencyPart, part, spread, used, type MetricInput, type Modeled } from "./parts";

/** How busy the targets are, 0 to 1, or beyond. */
function busy({ counts, cells }: MetricInput): number {
  return counts.utilization / cells;
}

/** What pods, databases and caches report, and what an API is measured by. */
export const RESOURCES: Readonly<Record<string, Modeled>> = {
  // An API answers sooner than what all requests are, pages among them.
  "api-latency-p50": latencyPart(0.5, 0.6),
  "api-latency-p95": latencyPart(0.95, 0.6),
  "api-latency-p99": latencyPart(0.99, 0.6),
  // The mean of a lognormal distribution, and of its tail.
  "latency-avg": {
    what: "s",
    value: (input) => {
      const latency = latencyOf(input);
      return latency === undefined
        ? NaN
        : latency.median * Math.exp(latency.spread ** 2 / 2) * (1 + (TAIL_TIMES - 1) * latency.tail);
    },
  },
  "api-success-rate": part("% of requests not answered 5xx", (counts) => counts.requests - failed(counts), "requests"),
  availability: part("% of requests not answered 5xx", (counts) => counts.requests - failed(counts), "requests"),
  "health-checks": { what: "% that pass", value: ({ ready }) => (ready === 0 ? 0 : 100) },
  restarts: { what: "pods that restarted in the window", value: ({ ready }) => (ready === 0 ? undefined : 0) },
  disk: { what: "% used", value: (input) => used(input, 41 + spread(input, 23, 0.2)) },
  "database-connections": {
    what: "open connections",
    value: (input) =>
      input.ready === 0
        ? undefined
        : Math.max(0, Math.round(12 + 24 * Math.min(1, busy(input)) + spread(input, 24, 1))),
  },
  "database-connections-used": {
    what: "% of those that the database allows",
    value: (input) => used(input, 24 + 40 * Math.min(1, busy(input)) + spread(input, 25, 1.5)),
  },
  "cache-hit-rate": { what: "% of look-ups", value: (input) => used(input, 93 + spread(input, 26, 0.8)) },
  "queue-depth": {
    what: "jobs that wait",
    value: (input) =>
      input.ready === 0 ? undefined : Math.max(0, Math.round(3 + 20 * busy(input) ** 2 + spread(input, 27, 1))),
  },
};
