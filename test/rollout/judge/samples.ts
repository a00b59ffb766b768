import { judge, type Metric, type MetricVerdict, type Verdict } from "../../../rollout/judge";
import { Chance } from "../../../scripts/judge/series";

/** Normal values of a series: around 100, with 10 % of noise. */
export function normal(seed: number, length: number, center = 100, deviation = 10): number[] {
  const chance = new Chance(seed, "test");
  return Array.from({ length }, () => center + deviation * chance.normal());
}

/** A metric in which higher is worse. */
export function metric(
  candidate: Metric["candidate"],
  baseline: Metric["baseline"],
  more: Partial<Metric> = {},
): Metric {
  return { name: "latency", worse: "higher", candidate, baseline, ...more };
}

/** The verdict on a single metric. */
export function only(
  candidate: Metric["candidate"],
  baseline: Metric["baseline"],
  more: Partial<Metric> = {},
): MetricVerdict {
  return judged([metric(candidate, baseline, more)]).metrics[0]!;
}

/** A verdict on metrics with names of their own. */
export function judged(metrics: readonly Metric[], alpha?: number): Verdict {
  return judge({ metrics: metrics.map((each, index) => ({ ...each, name: `${each.name} ${index}` })), alpha });
}
