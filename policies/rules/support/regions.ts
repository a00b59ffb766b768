import type { Graph, Resource } from "../../graph";
import { regionOf } from "../../regions";
import { BUCKET, CACHE, DATABASE, DATABASE_CLUSTER, TABLE } from "./types";

/** The stack's name in a URN. */
function stackOf(urn: string): string | undefined {
  return urn.split(":")[2];
}

/** The AWS regions that a stack's resources are in. Services of the account itself (IAM, CloudFront) are in none. */
export function regionsOf(stack: Resource, graph: Graph): string[] {
  const regions = graph
    .ofType(/^aws:(ec2|eks|rds|elasticache|s3|lambda|lb|dynamodb|ecs)\//)
    .filter((resource) => stackOf(resource.urn) === stackOf(stack.urn))
    .flatMap((resource) => regionOf(resource) ?? []);
  return [...new Set(regions)].sort();
}

/**
 * The regions of a stack in which nothing of a type stands, among all stacks.
 *
 * @param works - Whether a resource of the type does its work. @default - each does
 */
export function unwatched(
  stack: Resource,
  graph: Graph,
  types: readonly string[],
  works: (resource: Resource) => boolean = () => true,
): string[] {
  const watched = new Set(
    types.flatMap((type) => graph.ofType(type).filter(works)).map((resource) => regionOf(resource)),
  );
  return regionsOf(stack, graph).filter((region) => !watched.has(region));
}

/** Whether a stack has stores of data. */
export function keepsData(stack: Resource, graph: Graph): boolean {
  return [BUCKET, DATABASE, DATABASE_CLUSTER, CACHE, TABLE].some((type) =>
    graph.ofType(type).some((resource) => stackOf(resource.urn) === stackOf(stack.urn)),
  );
}
