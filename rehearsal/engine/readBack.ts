/** What the stand-in clouds have of the things that a state records: the two can differ, as with real clouds. */
import { isDeepStrictEqual } from "node:util";

import { EngineError, GONE, type Found } from "../../rollout/engine";
import type { Thing, World } from "./cloud";
import type { Deployment, Resource } from "./deployment";
import { isProviderType } from "../../pulumi/urn";
import { hasSecrets, shown, shownMap, type ValueMap } from "../../pulumi/values";

/** What is recorded of the resources of some types; nothing when the stack was never brought up. */
export function recordedOf(deployment: Deployment | undefined, types: readonly string[]): Found[] {
  return own(deployment)
    .filter(({ type }) => types.includes(type))
    .map(asFound);
}

/** What the clouds have of some resources, in the order asked for. @throws EngineError for one that is not recorded. */
export function readBack(deployment: Deployment | undefined, world: World, urns: readonly string[]): Found[] {
  const resources = new Map(own(deployment).map((resource) => [resource.urn, resource]));
  return urns.map((urn) => {
    const resource = resources.get(urn);
    if (!resource) {
      throw new EngineError(`cannot read ${urn}: no resource of the stack has this URN`);
    }
    const thing = thingOf(resource, world);
    return thing
      ? { ...asFound(resource), properties: { ...asFound(resource).properties, ...thing.properties } }
      : { ...asFound(resource), problem: GONE };
  });
}

/**
 * The state after a look at the clouds: what they have otherwise is recorded, and what is gone is not.
 *
 * @param targets - URNs of what is looked at; everything when absent.
 */
export function refreshed(deployment: Deployment, world: World, targets?: readonly string[]): Deployment {
  const looked = new Set(own(deployment).filter(({ urn }) => targets === undefined || targets.includes(urn)));
  const resources = (deployment.resources ?? []).flatMap((resource) => {
    if (!looked.has(resource)) {
      return [resource];
    }
    const thing = thingOf(resource, world);
    return thing ? [adopted(resource, thing)] : [];
  });
  return { ...deployment, resources };
}

/**
 * Only what the program asks for can differ in a way that an update mends: what a cloud works out follows from it. What holds
 * a secret stays as it is recorded: the stand-in clouds never learn secrets, and so cannot give them back.
 */
function adopted(resource: Resource, { properties }: Thing): Resource {
  const inputs: ValueMap = { ...resource.inputs };
  const outputs: ValueMap = { ...resource.outputs };
  for (const key of Object.keys(inputs)) {
    const recorded = outputs[key] ?? inputs[key]!;
    const actual = properties[key] ?? null;
    if (!hasSecrets(recorded) && !hasSecrets(inputs[key]!) && !isDeepStrictEqual(shown(recorded), actual)) {
      inputs[key] = actual;
      outputs[key] = actual;
    }
  }
  return { ...resource, inputs, outputs };
}

/** What a cloud made for this stack. */
function own(deployment: Deployment | undefined): Resource[] {
  return (deployment?.resources ?? []).filter(
    ({ custom, external, delete: condemned, type }) => custom && !external && !condemned && !isProviderType(type),
  );
}

function asFound({ urn, type, id, outputs }: Resource): Found {
  return { urn, type, id: id ?? "", properties: shownMap(outputs ?? {}) };
}

/** A resource that is being replaced has two things for a while: the identifier, which may stand in a region or cluster, tells. */
function thingOf({ urn, type, id = "" }: Resource, world: World): Thing | undefined {
  return [...world.things(type)].find((thing) => thing.urn === urn && (thing.id === id || thing.id.endsWith(`/${id}`)));
}
