import type { Properties } from "../../engine/cloud";
import { text } from "../../../pulumi/json";

/** The cluster that a provider works on: its identifier in the provider's inputs, which is the cluster's ARN. */
export function clusterOf({ clusterIdentifier, context }: Properties): string {
  return text(clusterIdentifier ?? context ?? "cluster");
}

/** What an object is called in the world: clusters have objects of equal names. */
export function clusterKey(provider: Properties, id: string): string {
  return `${clusterOf(provider)}/${id}`;
}
