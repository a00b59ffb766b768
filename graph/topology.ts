import { regionOfCluster } from "../components/internal/names";
import { orUndefined } from "../cost/context";
import type { Graph, Resource } from "../policies/graph";
import { regionOf } from "../policies/regions";
import type { Color } from "../stacks/config/fields";
import type { ApplicationOutputs } from "../stacks/contract/application";
import type { PlatformFacts, PlatformOutputs } from "../stacks/contract/platform";
import type { TrafficOutputs } from "../stacks/contract/traffic";
import { AKS, AKS_POOL } from "./azureLayers";
import { edgeOf, failovers, type EdgeNode } from "./edge";
import { layersOf, type Layer } from "./layers";
import { replications } from "./replication";

/** A color in a region. */
export interface ColorNode {
  color: Color;
  active: boolean;
  /** Version that runs in it; absent while it has none. */
  release?: string;
  /** `off`, `warm`, `full`, or the percentage of requests that it can take. */
  capacity?: string;
  /** Pods of all its workloads, at least and at most. */
  pods: { least: number; most: number };
  /** Percentage of the region's requests; absent where no router is deployed. */
  weight?: number;
}

/** A region, drawn as a box. */
export interface RegionNode {
  name: string;
  role: string;
  /** Percentage of all requests. */
  share: number;
  layers: Layer[];
  /** Absent where the stack has no application. */
  colors?: ColorNode[];
  /** Weighted rules; absent where the stack has no routers. */
  routers?: number;
}

/** What goes from one region to another of the same jurisdiction. */
export interface Link {
  from: string;
  to: string;
  kind: "database" | "records" | "failover";
  /** Whether it goes the other way, too. */
  both: boolean;
}

/** A legal area with its regions. */
export interface JurisdictionNode {
  name: string;
  /** Percentage of all requests. */
  share: number;
  /** Those that serve first, the largest first. */
  regions: RegionNode[];
  links: Link[];
}

/** What a deployment is made of, as it is drawn. */
export interface Topology {
  name: string;
  environment: string;
  edge: EdgeNode[];
  /** The largest first. */
  jurisdictions: JurisdictionNode[];
  /** How many resources each stack has. */
  stacks: { stack: string; resources: number }[];
}

/** The outputs of the layers that are deployed. */
export interface Contracts {
  platform: PlatformOutputs;
  application?: ApplicationOutputs;
  traffic?: TrafficOutputs;
}

/**
 * Reads a deployment's topology from its resources and from what its layers say of themselves. Pure.
 *
 * @param graph - The resources of all its stacks, inputs over outputs.
 * @param stacks - How many resources each stack has.
 */
export function topologyOf(graph: Graph, contracts: Contracts, stacks: Topology["stacks"]): Topology {
  const { platform } = contracts;
  const links = [...replications(graph), ...failovers(graph, platform)];
  const byRegion = new Map<string, Resource[]>();
  for (const resource of graph.resources) {
    const region = orUndefined(
      () =>
        regionOf(resource) ??
        regionOfCluster(resource.provider?.text("clusterIdentifier")) ??
        regionOfPool(graph, resource),
    );
    if (region !== undefined) {
      byRegion.set(region, [...(byRegion.get(region) ?? []), resource]);
    }
  }
  const areas: PlatformFacts["jurisdictions"] = platform.jurisdictions;
  const jurisdictions = Object.entries(areas).map(([name, { facts }]) => {
    const regions = facts.regions
      .map((region) => regionNode(region, byRegion.get(region) ?? [], contracts))
      .sort((one, other) => other.share - one.share);
    const own = links.filter(({ from, to }) => facts.regions.includes(from) && facts.regions.includes(to));
    return { name, share: sum(regions.map(({ share }) => share)), regions, links: merged(own) };
  });
  return {
    name: platform.facts.name,
    environment: platform.facts.environment,
    edge: edgeOf(graph),
    jurisdictions: jurisdictions.sort((one, other) => other.share - one.share),
    stacks,
  };
}

function regionNode(
  name: string,
  resources: readonly Resource[],
  { platform, application, traffic }: Contracts,
): RegionNode {
  const region = platform.regions[name]!;
  const { facts } = region;
  const colors = application?.regions[name];
  const routed = traffic?.regions[name];
  return {
    name,
    role: facts.role,
    share: facts.share,
    layers: layersOf(resources, facts.zones.length, ("ai" in region ? region.ai?.deployments : undefined) ?? []),
    ...(colors === undefined || application === undefined
      ? {}
      : {
          colors: (["blue", "green"] as const).flatMap((color) => {
            const own = colors[color];
            const deployed = application.facts.colors[color];
            const pods = Object.values(own?.pods ?? {});
            return own === undefined
              ? []
              : [
                  {
                    color,
                    active: application.facts.active === color,
                    pods: { least: sum(pods.map(({ least }) => least)), most: sum(pods.map(({ most }) => most)) },
                    ...(deployed === undefined
                      ? {}
                      : {
                          release: deployed.release,
                          capacity:
                            typeof deployed.capacity === "number" ? `${deployed.capacity} %` : deployed.capacity,
                        }),
                    ...(routed?.weights[color] === undefined ? {} : { weight: routed.weights[color] }),
                  },
                ];
          }),
        }),
    ...(routed === undefined ? {} : { routers: routed.routers.length }),
  };
}

/** A pool of nodes of AKS is where its cluster is, and does not say so. */
function regionOfPool(graph: Graph, { type, record: { parent } }: Resource): string | undefined {
  const cluster = type === AKS_POOL ? graph.ofType(AKS).find(({ record }) => record.parent === parent) : undefined;
  return cluster === undefined ? undefined : regionOf(cluster);
}

/** Links that go both ways are one. */
function merged(links: readonly Omit<Link, "both">[]): Link[] {
  const found = new Map<string, Link>();
  for (const link of links) {
    const back = found.get(`${link.kind} ${link.to} ${link.from}`);
    if (back !== undefined) {
      back.both = true;
    } else {
      found.set(`${link.kind} ${link.from} ${link.to}`, { ...link, both: false });
    }
  }
  return [...found.values()];
}

function sum(values: readonly number[]): number {
  return Math.round(values.reduce((total, value) => total + value, 0) * 1e6) / 1e6;
}
