/** What a decision of the judge takes, in this process. */
import { Noise } from "../../rehearsal/load/noise";
import { judge, type Metric } from "../../rollout/judge";

/**
 * The processor's and the clock's time of one decision on healthy metrics.
 *
 * @param metrics - How many there are.
 * @param values - Of each color, in each metric.
 */
export function judgeCost(metrics: number, values: number): { seconds: number; cpuSeconds: number } {
  const side = (metric: number, color: string) => {
    const noise = new Noise(metric, color);
    return Array.from({ length: values }, (_, index) => 100 + 10 * noise.normal(index, 0));
  };
  const input: Metric[] = Array.from({ length: metrics }, (_, index) => ({
    name: `metric ${index}`,
    worse: "higher",
    baseline: side(index, "baseline"),
    candidate: side(index, "candidate"),
  }));
  const [start, cpu] = [performance.now(), process.cpuUsage()];
  judge({ metrics: input });
  const { user, system } = process.cpuUsage(cpu);
  return { seconds: (performance.now() - start) / 1e3, cpuSeconds: (user + system) / 1e6 };
}
