import { orUndefined } from "../cost/context";
import { DISTRIBUTION, standsBeforeBalancer } from "../cost/meters/edge";
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
const RULESET = "cloudflare:index/ruleset:Ruleset";
const RECORD = "cloudflare:index/dnsRecord:DnsRecord";
const ROUTE = "kubernetes:gateway.networking.k8s.io/v1:HTTPRoute";
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
      ...some(graph.ofType(RULESET).length, "ruleset"),
    ],
  }));
  const distributions = graph.ofType(DISTRIBUTION).map((distribution): EdgeNode => {
    const hosts = list(distribution, "aliases").filter((alias) => typeof alias === "string");
    return standsBeforeBalancer(distribution)
      ? { kind: "steering", title: "CloudFront", hosts, facts: ["firewall", "stores nothing"] }
      : { kind: "assets", title: "CloudFront", hosts, facts: ["assets of both colors"] };
  });
  const buckets = graph.ofType("cloudflare:index/r2CustomDomain:R2CustomDomain").map((domain): EdgeNode => ({
    kind: "assets",
    title: "Cloudflare R2",
    hosts: texts(domain, "domain"),
    facts: ["assets of both colors"],
  }));
  const names = graph.ofType(RECORD).filter((record) => orUndefined(() => record.flag("proxied")) === true);
  const proxied: EdgeNode[] =
    names.length === 0
      ? []
      : [
          {
            kind: "steering",
            title: "Cloudflare",
            hosts: names.flatMap((record) => texts(record, "name")),
            facts: some(graph.ofType(RULESET).length, "ruleset"),
          },
        ];
  const domains = graph.ofType("azure-native:cdn:AFDCustomDomain");
  const frontDoors = graph.ofType("azure-native:cdn:Profile").map((): EdgeNode => ({
    kind: "steering",
    title: "Azure Front Door",
    hosts: domains.flatMap((domain) => texts(domain, "hostName")),
    facts: [
      ...some(graph.ofType("azure-native:cdn:AFDOrigin").length, "private gateway"),
      ...(graph.ofType("azure-native:frontdoor:Policy").length === 0 ? [] : ["firewall"]),
      ...some(graph.ofType("azure-native:network:DdosProtectionPlan").length, "DDoS plan"),
    ],
  }));
  const fronts = [...steering, ...proxied, ...frontDoors, ...distributions.filter(({ kind }) => kind === "steering")];
  const entries = graph.ofType("aws:lb/loadBalancer:LoadBalancer").length;
  const gateways = graph.ofType("kubernetes:gateway.networking.k8s.io/v1:Gateway").length;
  const routed = graph.ofType(ROUTE).flatMap((route) => texts(route, "spec.hostnames[*]"));
  return [
    ...fronts,
    ...(fronts.length === 0 && entries > 0
      ? [{ kind: "entry" as const, title: "Load balancers", hosts: [], facts: [counted(entries, "load balancer")] }]
      : []),
    ...(fronts.length === 0 && gateways > 0
      ? [
          {
            kind: "entry" as const,
            title: "Gateway",
            hosts: [...new Set(routed)],
            facts: [counted(gateways, "gateway")],
          },
        ]
      : []),
    ...distributions.filter(({ kind }) => kind === "assets"),
    ...buckets,
  ];
}

/** Which regions take over from which: by the pools of each steering rule, the first ones and the fallback. */
export function failovers(graph: Graph, { regions }: PlatformOutputs): Omit<Link, "both">[] {
  const places: readonly [string, PlatformOutputs["regions"][string]][] = Object.entries(regions);
  const entries = new Map(
    places.flatMap(([region, place]) =>
      "entry" in place && "dnsName" in place.entry ? [[place.entry.dnsName, region] as const] : [],
    ),
  );
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
