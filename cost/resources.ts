import type { ResourceRecord } from "../policies/graph";
import { SHOWN_UNKNOWN, UNKNOWN } from "../rehearsal/engine/values";
import type { Json, Step } from "../rollout/engine";

/** What a cost needs to know of a resource. */
export type CostResource = ResourceRecord;

/** The resources that are there once a plan is done. */
export function resourcesOf(steps: readonly Step[]): CostResource[] {
  return steps
    .filter(({ op }) => op !== "delete")
    .map(({ urn, type, inputs, parent, provider }) => ({
      urn,
      type,
      inputs: marked(inputs) as Record<string, Json>,
      parent,
      // A step names its provider with its identifier: urn::id.
      provider: provider?.slice(0, provider.lastIndexOf("::")),
    }));
}

/** A plan shows what is not known yet in words; a graph tells it from words. */
function marked(value: Json): Json {
  if (value === SHOWN_UNKNOWN) {
    return UNKNOWN;
  }
  if (Array.isArray(value)) {
    return value.map(marked);
  }
  return typeof value === "object" && value !== null
    ? Object.fromEntries(Object.entries(value).map(([key, item]) => [key, marked(item)]))
    : value;
}

/** What groups or configures others, and is nothing in a cloud: only managed resources have a provider. */
export function isComponentOrProvider({ provider }: CostResource): boolean {
  return provider === undefined;
}
