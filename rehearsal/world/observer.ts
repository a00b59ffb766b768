import { COLOR_HEADER } from "../../components/internal/headers";
import type { World } from "../engine/cloud";
import { entryOf, type Entry } from "./entry";
import { fields, regionOf, texts } from "./json";
import { outcomes } from "./requests";
import { routers, weights } from "./weights";

/** The regions that have listeners, in the order in which they came. */
export function routedRegions(world: World): string[] {
  return [...new Set([...world.things("aws:lb/listener:Listener")].map(({ id }) => regionOf(id)))];
}

/** Percentage of requests that green really gets, by region. A region without routers, or whose routers disagree, is left out. */
export function greenWeights(world: World): Record<string, number> {
  const percentages = routedRegions(world).map((region) => [region, weights(entryOf(world, region))?.green] as const);
  return Object.fromEntries(percentages.filter((entry): entry is [string, number] => entry[1] !== undefined));
}

/**
 * Why a request that names a color does not reach it, in a sentence; undefined when it does, for each workload in every region.
 */
export function unreachable(world: World, color: string): string | undefined {
  const regions = routedRegions(world);
  if (regions.length === 0) {
    return "no region has a router";
  }
  for (const region of regions) {
    const entry = entryOf(world, region);
    for (const { router, workload } of routers(entry)) {
      const path = examplePath(entry, router);
      const reached = outcomes(entry, { path, headers: { [COLOR_HEADER]: color } });
      const stray = reached.find(
        (outcome) => outcome.color !== color || outcome.workload !== workload || outcome.status !== 200,
      );
      if (stray !== undefined) {
        const met = [stray.color, stray.workload].filter((word) => word !== undefined).join(" ");
        return `${path} with ${COLOR_HEADER}: ${color} meets ${met === "" ? "no target group" : met} in ${region}, with status ${stray.status}`;
      }
    }
  }
  return undefined;
}

/** A path that a router takes. */
export function examplePath(entry: Entry, router: string): string {
  const rule = entry.listeners.flatMap(({ rules }) => rules).find(({ arn }) => arn === router);
  const patterns = rule?.conditions.flatMap((condition) => texts(fields(condition.pathPattern).values)) ?? [];
  return (patterns[0] ?? "/").replaceAll("*", "").replaceAll("?", "x");
}
