import { COLOR_HEADER, WEIGHTED } from "../../components/internal/headers";
import { COLORS, type Color } from "../../stacks/config/fields";
import type { World } from "../engine/cloud";
import { databaseRegions, entryOf, exampleRequest, outcomes, routedRegions, routers, type Outcome } from "../world";

/** What a workload of a region does with requests. */
export interface WorkloadView {
  /** Part of the requests that each color gets, 0 to 1; the rest meets no color: a page answers, or nothing does. */
  share: Readonly<Record<Color, number>>;
  /** Part of the requests that get the answer of a rule, such as a maintenance page. */
  page: number;
  /** Part of a load generator's requests that each color gets while a page answers everybody else; absent without one. */
  synthetic?: Readonly<Record<Color, number>>;
  /** Targets that answer. */
  ready: Readonly<Record<Color, number>>;
  /** Whether targets grow with their requests by themselves, as functions do. */
  elastic?: true;
  /** Region of the database that the pods of each color were told; absent for a workload that reads none. */
  database?: Readonly<Partial<Record<Color, string>>>;
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
  const databases = databaseRegions(world, region);
  return Object.fromEntries(
    routers(entry).map(({ router, workload }) => {
      const request = exampleRequest(entry, router);
      const met = outcomes(entry, request);
      const part = (of: Outcome[]) => (color: Color) =>
        of.filter((outcome) => outcome.color === color).reduce((sum, { share }) => sum + share, 0);
      // A router that forwards to nobody answers 503 itself; what another rule answers before it is a page.
      const page = met
        .filter(({ rule, color }) => rule !== router && color === undefined)
        .reduce((sum, { share }) => sum + share, 0);
      const generated = { ...request, headers: { ...request.headers, [COLOR_HEADER]: WEIGHTED } };
      const view: WorkloadView = {
        share: byColor(part(met)),
        page,
        ...(page === 0 ? {} : { synthetic: byColor(part(outcomes(entry, generated))) }),
        ready: byColor((color) => ready(color, workload)),
        ...(entry.groups.some((group) => group.workload === workload && group.elastic)
          ? { elastic: true as const }
          : {}),
        ...(databases[workload] === undefined ? {} : { database: databases[workload] }),
      };
      return [workload, view];
    }),
  );
}

function byColor(value: (color: Color) => number): Record<Color, number> {
  return Object.fromEntries(COLORS.map((color) => [color, value(color)])) as Record<Color, number>;
}
