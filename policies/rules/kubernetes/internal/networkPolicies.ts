import type { Resource } from "../../../graph";
import type { GraphContext } from "../../../rule";
import { isIn, kind } from "./objects";

export const NETWORK_POLICY = kind("networking\\.k8s\\.io|extensions", "NetworkPolicy");

export type Direction = "Ingress" | "Egress";

/**
 * Whether a policy selects all pods of its namespace for a direction: then nothing passes that no policy allows. Without
 * types a policy is for ingress, and for egress if it has rules for it.
 */
function isolates(policy: Resource, direction: Direction): boolean {
  const types = policy.texts("spec.policyTypes");
  const inDirection =
    types.length > 0 ? types.includes(direction) : direction === "Ingress" || policy.has("spec.egress");
  const selectsAll =
    policy.keys("spec.podSelector.matchLabels").length === 0 &&
    policy.list("spec.podSelector.matchExpressions").length === 0;
  return inDirection && selectsAll;
}

/** Reports a namespace in which a direction is open by default. */
export function checkIsolation(namespace: Resource, direction: Direction, context: GraphContext): void {
  const policies = context.graph.ofType(NETWORK_POLICY).filter((policy) => isIn(policy, namespace));
  if (!policies.some((policy) => isolates(policy, direction))) {
    context.report(`no network policy of the namespace selects all pods for ${direction}`);
  }
}
