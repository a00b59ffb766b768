import { coppa, ferpa, gdpr, iso27001 } from "../../frameworks";
import type { Graph, Resource } from "../../graph";
import type { Node } from "../../node";
import { jurisdictionOf, regionOf } from "../../regions";
import type { GraphRule } from "../../rule";
import { at, destinationsOf, LOAD_BALANCER, POOL, setterOf } from "./internal/balancing";

/** Pools by where the user is, in Cloudflare's words. */
const BY_PLACE = ["regionPools", "countryPools", "popPools"];

export const poolJurisdiction: GraphRule = {
  id: "cloudflare-pool-jurisdiction",
  title: "Pools that stand in for each other at the edge lie in one jurisdiction",
  area: "residency",
  severity: "critical",
  frameworks: [gdpr("44"), iso27001("A.5.34"), ferpa("99.33"), coppa("312.8(c)")],
  why: "When a region fails, its users and what they send would go to another jurisdiction.",
  fix: "Give each jurisdiction a rule or a host of its own, with pools and a fallbackPool that lie in it.",
  scope: "stack",
  settings: ["jurisdictions"],
  types: [LOAD_BALANCER],
  check(balancer, { each, graph, report, settings }) {
    each(destinationsOf(balancer), (destination) => {
      const fallback = setterOf(destination, balancer, "fallbackPool").texts("fallbackPool");
      each(groupsOf(destination, balancer), ([path, pools]) => {
        const regions = [...pools, ...fallback].flatMap((pool) => regionsOfPool(pool, graph));
        const found = new Set(regions.map((region) => jurisdictionOf(region, settings) ?? `unknown (${region})`));
        if (found.size > 1) {
          report(`${at(destination, path)} and the fallback lie in ${[...found].sort().join(", ")}`);
        }
      });
    });
  },
};

/** The pools that are tried one after the other, by the property that lists them. */
function groupsOf(destination: Node, balancer: Node): (readonly [string, string[]])[] {
  const setter = (property: string) => setterOf(destination, balancer, property);
  const byPlace = BY_PLACE.flatMap((property) =>
    setter(property)
      .keys(property)
      .map((place) => `${property}["${place}"]`),
  );
  return ["defaultPools", ...byPlace].map((path) => [path, setter(path).texts(path)] as const);
}

/** The regions of a pool's origins: in the names of AWS load balancers, else of the resources that they come from. */
function regionsOfPool(id: string, graph: Graph): string[] {
  return graph
    .ofType(POOL)
    .filter((pool) => pool.id === id)
    .flatMap((pool) => {
      const named = pool
        .texts("origins[*].address")
        .flatMap((address) => /\.([a-z]{2}(?:-gov)?-[a-z]+-\d)\./.exec(address)?.[1] ?? []);
      return named.length > 0 ? named : sourcesOf(pool, graph).flatMap((source) => regionOf(source) ?? []);
    });
}

function sourcesOf(pool: Resource, graph: Graph): Resource[] {
  return (pool.record.propertyDependencies?.origins ?? []).flatMap((urn) => graph.byUrn(urn) ?? []);
}
