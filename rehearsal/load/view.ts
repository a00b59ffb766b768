import { COLORS, type Color } from "../../stacks/config/fields";
import type { World } from "../engine/cloud";
import { entryOf, examplePath, outcomes, routedRegions, routers } from "../world";

/** What a workload of a region does with requests. */
export interface WorkloadView {
  /** Part of the requests that each color gets, 0 to 1; the rest meets no color: a page answers, or nothing does. */
  share: Readonly<Record<Color, number>>;
  /** Part of the requests that get the answer of a rule, such as a maintenance page. */
  page: number;
  /** Targets that answer. */
  ready: Readonly<Record<Color, number>>;
}

/** What the clouds do with requests: by region and workload. */
export type View = Readonly<Record<string, Readonly<Record<string, WorkloadView>>>>;

/** Looks at what users' requests meet in the stand-in clouds. */
export function lookAt(world: World): View {
  return Object.fromEntries(routedRegions(world).map((region) => [region, regionView(world, region)]));
}

function regionView(world: World, region: string): View[string] {
  const entry = entryOf(world, region);
  const ready = (color: Color, workload: string) =>
    entry.groups.find((group) => group.color === color && group.workload === workload)?.ready ?? 0;
  return Object.fromEntries(
    routers(entry).map(({ router, workload }) => {
      const met = outcomes(entry, { path: examplePath(entry, router) });
      const part = (color: Color) =>
        met.filter((outcome) => outcome.color === color).reduce((sum, { share }) => sum + share, 0);
      const view: WorkloadView = {
        share: byColor(part),
        // A router that forwards to nobody answers 503 itself; what another rule answers before it is a page.
        page: met
          .filter(({ rule, color }) => rule !== router && color === undefined)
          .reduce((sum, { share }) => sum + share, 0),
        ready: byColor((color) => ready(color, workload)),
      };
      return [workload, view];
    }),
  );
}

function byColor(value: (color: Color) => number): Record<Color, number> {
  return Object.fromEntries(COLORS.map((color) => [color, value(color)])) as Record<Color, number>;
}
