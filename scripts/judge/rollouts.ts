/** Rollouts by chance, looked at by the judge. */
import { judgeLook, type Count, type Metric, type Result, type Verdict } from "../../rollout/judge";
import { Chance, type Kind } from "./series";

/** What a fault does to the candidate's values of an interval. */
export interface Fault {
  name: string;
  /** What the values are when all is well. */
  kind: Kind;
  /** A value with the fault. `progress` is the part of the rollout that has passed, 0 to 1. */
  value?: (value: number, chance: Chance, progress: number) => number;
  /** Of the candidate's requests, which part fails; 0.01 when all is well. */
  errorRate?: number;
  /** How many of the metrics have the fault. Default all. */
  metrics?: number;
}

/** What is simulated. */
export interface Plan {
  looks: number;
  /** New values at each look. */
  values: number;
  /** Whether a look sees all values since the beginning, or only the new ones. */
  window: "growing" | "new";
  alpha: number;
}

/** Four series, and errors of requests. */
const SERIES = 4;
const REQUESTS = 200;
const ERROR_RATE = 0.01;

/** All verdicts of one rollout, look by look. It goes on whatever they are. */
export function rollout(plan: Plan, fault: Fault, seed: number): Verdict[] {
  const chance = new Chance(seed, fault.name);
  const length = plan.looks * plan.values;
  const faulty = fault.metrics ?? SERIES;
  const series = Array.from({ length: SERIES }, (_, index) => {
    const { candidate, baseline } = fault.kind.make(chance, length);
    const change = index < faulty ? fault.value : undefined;
    return {
      candidate: change === undefined ? candidate : candidate.map((value, at) => change(value, chance, at / length)),
      baseline,
    };
  });
  const errors = (rate: number): Count[] =>
    Array.from({ length }, () => ({ events: chance.binomial(REQUESTS, rate), total: REQUESTS }));
  const counts = { candidate: errors(fault.errorRate ?? ERROR_RATE), baseline: errors(ERROR_RATE) };

  return Array.from({ length: plan.looks }, (_, index) => {
    const [from, to] = [plan.window === "growing" ? 0 : index * plan.values, (index + 1) * plan.values];
    const metrics: Metric[] = [...series, counts].map(({ candidate, baseline }, metric) => ({
      name: `metric ${metric}`,
      worse: "higher",
      candidate: candidate.slice(from, to),
      baseline: baseline.slice(from, to),
    }));
    return judgeLook({ metrics, look: index + 1, looks: plan.looks, alpha: plan.alpha });
  });
}

/** Whether a metric's result is an alarm. */
export function isAlarm(result: Result): boolean {
  return result === "high" || result === "low";
}
