import { EngineError } from "../../rollout/engine";
import { readerOver, type MeasuredPlan } from "../../rollout/metrics/reader";
import { answerOf, type Answer, type MetricSource } from "../../rollout/metrics/source";
import { windowOf } from "../../rollout/metrics/window";
import type { MetricReader } from "../../rollout/ports";
import type { Metrics } from "../../stacks/config/rollout/metrics";
import type { SimulatedLoad } from "./load";
import { inputOf, MODELED_METRICS, modeled } from "./metrics";
import type { MetricInput } from "./parts";

const SOURCE = "simulated";

/**
 * Reads metrics of the simulated load by their names. Only the answers are simulated: windows, totals and least requests are
 * those of config, and count as in production.
 *
 * @throws EngineError naming what the plan wants measured and the rehearsal does not model.
 */
export function simulatedReader(load: SimulatedLoad, metrics: Metrics, plan: MeasuredPlan): MetricReader {
  const asked = new Set(
    plan.wanted
      .flatMap(({ metric }) => [metric, metrics[metric]?.requests ?? metric])
      .filter((name) => modeled(name) === undefined),
  );
  if (asked.size > 0) {
    throw new EngineError(
      `the rehearsal does not model ${[...asked].join(", ")}; it models ${MODELED_METRICS.join(", ")}: ` +
        "call a metric of cutover:rollout.metrics so where it means the same, or leave it out of the plan",
    );
  }
  const named = Object.fromEntries(
    Object.entries(metrics).map(([name, metric]) => [name, { ...metric, source: SOURCE, query: name }]),
  );
  return readerOver({ [SOURCE]: simulatedSource(load) }, named, plan);
}

/** Seconds of history that a plan's readings are about: the longest window of what it wants measured. */
export function historyOf(metrics: Metrics, plan: MeasuredPlan): number {
  return Math.max(
    plan.intervalSeconds,
    ...plan.wanted.map(({ metric }) => windowOf(metrics[metric]!, plan.intervalSeconds)),
  );
}

/** A source that is asked for a metric by its name alone. */
function simulatedSource(load: SimulatedLoad): MetricSource {
  // Twenty metrics of a moment are read off the same counts.
  const inputs = new Map<string, MetricInput>();
  let moment = NaN;
  return {
    key: ({ query, color, regions }) => `${query} ${color} ${regions.join(" ")}`,
    async ask({ query, color, regions, windowSeconds }, moments) {
      const scope = `${color} ${windowSeconds} ${regions.join(" ")}`;
      return moments.map((at): Answer => {
        if (at !== moment) {
          inputs.clear();
          moment = at;
        }
        const input = inputs.get(scope) ?? inputOf(load, color, regions, at, windowSeconds);
        if (input !== undefined) {
          inputs.set(scope, input);
        }
        const value = input === undefined ? undefined : modeled(query)!.value(input);
        return value === undefined ? { silence: "empty" } : answerOf(value);
      });
    },
  };
}
