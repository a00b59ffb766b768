import type { Node } from "../../../node";

export const LOAD_BALANCER = "cloudflare:index/loadBalancer:LoadBalancer";
export const MONITOR = "cloudflare:index/loadBalancerMonitor:LoadBalancerMonitor";
export const POOL = "cloudflare:index/loadBalancerPool:LoadBalancerPool";

/** The places of a load balancer that name pools: itself, and the rules that replace its pools. */
export function destinationsOf(balancer: Node): Node[] {
  const overrides = balancer.nodes("rules[*].overrides").filter((one) => one.list("defaultPools").length > 0);
  return [balancer, ...overrides];
}

/** Where a property of such a place stands, for messages. */
export function at(destination: Node, property: string): string {
  return destination.path === "" ? property : `${destination.path}.${property}`;
}
