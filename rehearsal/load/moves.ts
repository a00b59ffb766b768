import type { Reach } from "../world";

/**
 * The part of the requests of a region's users that each region gets: its own where the edge sends them there and it answers,
 * another one of the jurisdiction's otherwise. Pure.
 *
 * @param reach - Where the edge sends the users of the jurisdiction; absent where it chooses nothing.
 * @param answers - Whether the edge takes a region for healthy.
 */
export function destinations(
  home: string,
  reach: Reach | undefined,
  answers: (region: string) => boolean,
): Record<string, number> {
  if (reach === undefined) {
    return answers(home) ? { [home]: 1 } : {};
  }
  const healthy = Object.entries(reach.weights).filter(([region]) => answers(region));
  if (healthy.some(([region]) => region === home)) {
    return { [home]: 1 };
  }
  const sum = healthy.reduce((total, [, weight]) => total + weight, 0);
  return sum === 0
    ? { [reach.fallback]: 1 }
    : Object.fromEntries(healthy.map(([region, weight]) => [region, weight / sum]));
}
