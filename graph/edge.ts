import { orUndefined } from "../cost/context";
import type { Graph, Resource } from "../policies/graph";
import type { PlatformOutputs } from "../stacks/contract/platform";
import type { Link } from "./topology";

/** What users reach first. */
export interface EdgeNode {
  kind: "steering" | "assets" | "entry";
  /** What it is: `Cloudflare load balancer`. */
  title: string;
  /** The names that it answers to. */
  hosts: string[];
  /** What it does, in a few words each. */
  facts: string[];
}

const BALANCER = "cloudflare:index/loadBalancer:LoadBalancer";
const POOL = "cloudflare:index/loadBalancerPool:LoadBalancerPool";

/** The edge: what steers users to regions, what serves assets, and where neither is, the load balancers themselves. */
export function edgeOf(graph: Graph): EdgeNode[] {
  const steering = graph.ofType(BALANCER).map((balancer): EdgeNode => ({
    kind: "steering",
    title: "Cloudflare load balancer",
    hosts: texts(balancer, "name"),
    facts: [
      counted(graph.ofType(POOL).length, "pool"),
      counted(list(balancer, "rules").length, "steering rule"),
      ...some(graph.ofType("cloudflare:index/ruleset:Ruleset").length, "ruleset"),
    ],
  }));
  const assets = graph.ofType("aws:cloudfront/distribution:Distribution").map((distribution): EdgeNode => ({
    kind: "assets",
    title: "CloudFront",
    hosts: list(distribution, "aliases").filter((alias) => typeof alias === "string"),
    facts: ["assets of both colors"],
  }));
  const entries = graph.ofType("aws:lb/loadBalancer:LoadBalancer").length;
  return [
    ...steering,
    ...(steering.length === 0 && entries > 0
      ? [{ kind: "entry" as const, title: "Load balancers", hosts: [], facts: [counted(entries, "load balancer")] }]
      : []),
    ...assets,
  ];
}

/** Which regions take over from which: by the pools of each steering rule, the first ones and the fallback. */
export function failovers(graph: Graph, { regions }: PlatformOutputs): Omit<Link, "both">[] {
  const entries = new Map(Object.entries(regions).map(([region, { entry }]) => [entry.dnsName, region]));
  const pools = new Map(
    graph.ofType(POOL).flatMap((pool) => {
      const region = texts(pool, "origins[*].address").flatMap((address) => entries.get(address) ?? [])[0];
      return pool.id === undefined || region === undefined ? [] : [[pool.id, region] as const];
    }),
  );
  return graph.ofType(BALANCER).flatMap((balancer) =>
    list(balancer, "rules").flatMap((_, index) => {
      const overrides = `rules[${index}].overrides`;
      const serving = texts(balancer, `${overrides}.defaultPools[*]`).flatMap((pool) => pools.get(pool) ?? []);
      const fallback = texts(balancer, `${overrides}.fallbackPool`).flatMap((pool) => pools.get(pool) ?? []);
      // Where several serve, each takes over from the others; the fallback takes over from all.
      return serving.flatMap((from) =>
        [...new Set([...serving, ...fallback])]
          .filter((to) => to !== from)
          .map((to) => ({ kind: "failover" as const, from, to })),
      );
    }),
  );
}

function texts(resource: Resource, path: string): string[] {
  return (
    orUndefined(() =>
      resource.nodes(path).flatMap((node) => {
        const value = node.value();
        return typeof value === "string" ? [value] : [];
      }),
    ) ?? []
  );
}

function list(resource: Resource, path: string): unknown[] {
  const value = orUndefined(() => resource.get(path));
  return Array.isArray(value) ? value : [];
}

function some(count: number, noun: string): string[] {
  return count === 0 ? [] : [counted(count, noun)];
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}
