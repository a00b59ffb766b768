import type { ResourceRecord } from "../policies/graph";
import { unshownMap } from "../pulumi/values";
import type { Step } from "../rollout/engine";

/** What a cost needs to know of a resource. */
export type CostResource = ResourceRecord;

/** The resources that are there once a plan is done. */
export function resourcesOf(steps: readonly Step[]): CostResource[] {
  return steps
    .filter(({ op }) => op !== "delete")
    .map(({ urn, type, inputs, parent, provider }) => ({
      urn,
      type,
      inputs: unshownMap(inputs),
      parent,
      // A step names its provider with its identifier: urn::id.
      provider: provider?.slice(0, provider.lastIndexOf("::")),
    }));
}

/** What groups or configures others, and is nothing in a cloud: only managed resources have a provider. */
export function isComponentOrProvider({ provider }: CostResource): boolean {
  return provider === undefined;
}
