import { compareCounts } from "./counts";
import { compareSeries } from "./series";
import type { Evidence, Metric, Untestable, Values } from "./types";

/** Compares the two sides of a metric, or says why they cannot be compared. */
export function compare(metric: Metric, alpha: number): Evidence | Untestable {
  const [candidate, baseline] = [kindOf(metric.candidate), kindOf(metric.baseline)];
  const kinds = new Set([candidate, baseline].filter((kind) => kind !== "nothing"));
  if (kinds.has("mixed") || kinds.size > 1) {
    const reason = `numbers and counts cannot be compared: the candidate has ${candidate}, the baseline ${baseline}`;
    return { result: "error", reason };
  }
  const color = candidate === "nothing" ? "candidate" : baseline === "nothing" ? "baseline" : undefined;
  if (color !== undefined) {
    return { result: "nodata", reason: `the ${color} has no value` };
  }
  return kinds.has("counts") ? compareCounts(metric, alpha) : compareSeries(metric, alpha);
}

function kindOf(values: Values): "numbers" | "counts" | "mixed" | "nothing" {
  if (!Array.isArray(values)) {
    return "counts";
  }
  let [numbers, counts] = [false, false];
  for (const value of values as readonly unknown[]) {
    numbers ||= typeof value === "number";
    counts ||= typeof value === "object" && value !== null;
  }
  return numbers && counts ? "mixed" : numbers ? "numbers" : counts ? "counts" : "nothing";
}
