import type { Silence } from "../../rollout/core/sample";
import type { Fault } from "./fault";

/** What is wrong with monitoring: nothing is wrong with the release. */
export const metricFaults: Readonly<Record<string, Fault>> = {
  "metrics-down": {
    description: "monitoring does not answer",
    reading: ({ metric, color, scope }) => ({
      metric,
      color,
      scope,
      silence: "error",
      error: "connect ECONNREFUSED: monitoring does not answer",
    }),
  },
  "metrics-nan": { description: "every metric is NaN", reading: silent("nan") },
  "metrics-stale": { description: "metrics stand still: what is read is old", reading: silent("stale") },
  "replica-behind": {
    description: "the replica is 901 s behind its source: a second more than the recovery point objective",
    stage: "check",
    reading: (reading) => (reading.metric === "replica-lag" ? { ...reading, value: 901 } : reading),
  },
  "metrics-missing": {
    description: "one region has no metrics; the others do, and the total",
    oneRegion: true,
    reading: silent("empty"),
  },
};

function silent(silence: Silence): NonNullable<Fault["reading"]> {
  return ({ metric, color, scope }) => ({ metric, color, scope, silence });
}
