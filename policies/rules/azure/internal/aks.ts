import type { Resource } from "../../../graph";
import type { Node } from "../../../node";

/** The node pools that a resource is or has: a pool by itself, or the profiles of a cluster. */
export function nodePools(resource: Resource): Node[] {
  return resource.type.endsWith(":AgentPool") ? [resource] : resource.list("agentPoolProfiles");
}

/** Where a property of a node pool stands, for messages. */
export function at(pool: Node, property: string): string {
  return pool.path === "" ? property : `${pool.path}.${property}`;
}

/** The version of Kubernetes of a cluster or a node pool; undefined when it names none. */
export function aksVersionOf(resource: Resource): string | undefined {
  return resource.text(resource.type.endsWith(":AgentPool") ? "orchestratorVersion" : "kubernetesVersion");
}
