import { seconds } from "../../stacks/config/fields";
import type { Metric } from "../../stacks/config/rollout/metrics";

/** The shortest window, seconds: below a minute, a rate has too few scrapes to rest on. */
const SHORTEST_WINDOW = 60;

/** How long a time a value of a metric is about, in seconds. */
export function windowOf({ window }: Pick<Metric, "window">, intervalSeconds: number): number {
  return window === undefined ? Math.max(intervalSeconds, SHORTEST_WINDOW) : seconds(window);
}
