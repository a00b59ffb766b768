import type { Entry } from "./entry";

/** How many targets of each color are ready, by workload. */
export type Capacity = Record<string, Record<string, number>>;

/** What each color of a region can answer with: the targets that are ready, by color and workload. */
export function capacity(entry: Entry): Capacity {
  const result: Capacity = {};
  for (const { color, workload, ready } of entry.groups) {
    if (color !== undefined && workload !== undefined) {
      (result[color] ??= {})[workload] = ready;
    }
  }
  return result;
}
