import type { Thing, World } from "../engine/cloud";
import { regionOf } from "../../pulumi/json";

/** The things of a type in a region. Identifiers of what stands in a cluster begin with the cluster's, which names its region. */
export function inRegion(world: World, type: string, region: string): Thing[] {
  return [...world.things(type)].filter(({ id }) => regionOf(id) === region);
}

/** The namespace of an object, with the cluster before it: what its identifier says before its name. */
export function spaceOf({ id }: Pick<Thing, "id">): string {
  return id.slice(0, id.lastIndexOf("/"));
}

/** The cluster of an object in a namespace. */
export function clusterOf(thing: Pick<Thing, "id">): string {
  return spaceOf({ id: spaceOf(thing) });
}
