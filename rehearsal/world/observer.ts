import { COLOR_HEADER } from "../../components/internal/headers";
import type { World } from "../engine/cloud";
import { HTTP_ROUTE } from "../../rollout/httpRoute";
import { SERVICE, serviceSwitch } from "../../rollout/serviceSwitch";
import { entryOf, LISTENER, type Entry, type Rule } from "./entry";
import { fields, regionOf, texts } from "../../pulumi/json";
import { outcomes, type Request } from "./requests";
import { routers, weights } from "./weights";

/** The regions that have listeners, routes or switches, in the order in which they came. */
export function routedRegions(world: World): string[] {
  const switches = [...world.things(SERVICE)].filter(
    ({ properties }) => serviceSwitch.splitOf(properties) !== undefined,
  );
  const things = [...world.things(LISTENER), ...world.things(HTTP_ROUTE), ...switches];
  return [...new Set(things.map(({ id }) => regionOf(id)))];
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
      const request = testersRequest(entry, router, workload, color);
      const reached = outcomes(entry, request);
      const stray = reached.find(
        (outcome) => outcome.color !== color || outcome.workload !== workload || outcome.status !== 200,
      );
      if (stray !== undefined) {
        const met = [stray.color, stray.workload].filter((word) => word !== undefined).join(" ");
        return `${request.path} with ${COLOR_HEADER}: ${color} meets ${met === "" ? "no target group" : met} in ${region}, with status ${stray.status}`;
      }
    }
  }
  return undefined;
}

/** A request that a router takes. */
export function exampleRequest(entry: Entry, router: string): Request {
  return exampleOf(entry, ({ arn }) => arn === router) ?? { path: "/" };
}

/** How a tester asks for a color of a workload: where the way around the router begins, and with the header. */
function testersRequest(entry: Entry, router: string, workload: string, color: string): Request {
  const leads = ({ aside, action }: Rule) =>
    aside &&
    action.kind === "forward" &&
    action.to.every(({ group }) => group.color === color && group.workload === workload);
  return { ...(exampleOf(entry, leads) ?? exampleRequest(entry, router)), headers: { [COLOR_HEADER]: color } };
}

/** A request for the first rule of a kind, without the headers that it may ask for. */
function exampleOf({ listeners }: Entry, wanted: (rule: Rule) => boolean): Request | undefined {
  for (const { port, rules } of listeners) {
    const rule = rules.find(wanted);
    if (rule !== undefined) {
      const first = (...kinds: string[]) =>
        rule.conditions.flatMap((condition) => kinds.flatMap((kind) => texts(fields(condition[kind]).values)))[0];
      const path = (first("pathPattern", "pathExact", "pathPrefix") ?? "/").replaceAll("*", "").replaceAll("?", "x");
      const host = first("hostHeader")?.replaceAll("*", "x");
      return { path, port, ...(host === undefined ? {} : { host }) };
    }
  }
  return undefined;
}
