import type { Node } from "../../../node";

export const LOAD_BALANCER = "cloudflare:index/loadBalancer:LoadBalancer";
export const MONITOR = "cloudflare:index/loadBalancerMonitor:LoadBalancerMonitor";
export const POOL = "cloudflare:index/loadBalancerPool:LoadBalancerPool";

/** The places of a load balancer that say where users are sent: itself, and the rules that replace a part of that. */
export function destinationsOf(balancer: Node): Node[] {
  return [balancer, ...balancer.nodes("rules[*].overrides")];
}

/** The place that sets a property for a destination: itself, or else the load balancer. */
export function setterOf(destination: Node, balancer: Node, property: string): Node {
  return destination.has(property) ? destination : balancer;
}

/** Where a property of a destination stands, for messages. */
export function at(destination: Node, property: string): string {
  return destination.path === "" ? property : `${destination.path}.${property}`;
}
