import type { Resource } from "../policies/graph";
import { orUndefined, type CostContext } from "./context";
import { podGroups, type PodGroup } from "./pods";
import type { InstanceSpec } from "./priceTable";

/** How many nodes a group has on average over a day. */
export interface NodeCount {
  /** Outside of active hours, as the resources are: what can be reserved. */
  rest: number;
  /** On average, as the resources are. */
  average: number;
  /** On average while both colors have their full floor. */
  bothAverage: number;
}

export interface NodePlan {
  /** By the URN of the node group. */
  groups: ReadonlyMap<string, NodeCount>;
  /** Of clusters whose nodes are no resources, where config says what one has: by region. */
  clusters: ReadonlyMap<string, NodeCount>;
  pods: readonly PodGroup[];
}

type Demand = Pick<PodGroup, "cpu" | "memoryGiB" | "gpus">;

export const NODE_GROUP = "aws:eks/nodeGroup:NodeGroup";

/**
 * The nodes that the pods of a region need, as its cluster autoscaler would have them: as many as their requests fill, never
 * fewer than the group's least or more than its most. Pods with GPUs run on groups with GPUs, all others on the rest. Where
 * no pods are known (a platform alone), a group has what it is created with.
 */
export function planNodes(context: CostContext): NodePlan {
  const pods = podGroups(context);
  const { activeHours } = context.inputs.load;
  const average = (rest: number, active: number) => (rest * (24 - activeHours) + active * activeHours) / 24;
  const groups = new Map<string, NodeCount>();
  const regions = new Map<string, Resource[]>();
  for (const group of context.graph.ofType(NODE_GROUP)) {
    const region = orUndefined(() => context.region(group)) ?? "";
    regions.set(region, [...(regions.get(region) ?? []), group]);
  }
  for (const [region, members] of regions) {
    const here = pods.filter((group) => group.region === region);
    const count = (number: (group: PodGroup) => number) => counts(context, members, here, number);
    const rest = count((group) => group.rest);
    const active = count((group) => group.rest + group.growth);
    const bothRest = count((group) => group.bothRest);
    const bothActive = count((group) => group.bothRest + group.growth);
    for (const [index, { urn }] of members.entries()) {
      groups.set(urn, {
        rest: rest[index]!,
        average: average(rest[index]!, active[index]!),
        bothAverage: average(bothRest[index]!, bothActive[index]!),
      });
    }
  }
  return { groups, clusters: clusterNodes(context, pods, average), pods };
}

/** Nodes of clusters that are there already: as many as their pods fill. */
function clusterNodes(
  { inputs }: CostContext,
  pods: readonly PodGroup[],
  average: (rest: number, active: number) => number,
): Map<string, NodeCount> {
  const node = inputs.cluster?.nodes;
  if (node === undefined) {
    return new Map();
  }
  const packing = inputs.load.packingPercent / 100;
  const usable = { cpu: node.cpu * packing, memoryGiB: node.memoryGiB * packing, gpus: 0 };
  return new Map(
    [...new Set(pods.map(({ region }) => region))].map((region) => {
      const here = pods.filter((group) => group.region === region);
      const count = (number: (group: PodGroup) => number) => nodesFor(demand(here, number), usable);
      const rest = count((group) => group.rest);
      const active = count((group) => group.rest + group.growth);
      const bothRest = count((group) => group.bothRest);
      const bothActive = count((group) => group.bothRest + group.growth);
      return [region, { rest, average: average(rest, active), bothAverage: average(bothRest, bothActive) }];
    }),
  );
}

/** What a node of a group has; undefined for an instance type that the price table does not know. */
export function specOf(context: CostContext, group: Resource): InstanceSpec | undefined {
  const type = group.texts("instanceTypes[*]")[0] ?? "";
  return Object.hasOwn(context.prices.instances, type) ? context.prices.instances[type] : undefined;
}

function counts(
  context: CostContext,
  members: readonly Resource[],
  pods: readonly PodGroup[],
  number: (group: PodGroup) => number,
): number[] {
  const open = { general: demand(pods, number, false), gpu: demand(pods, number, true) };
  const packing = context.inputs.load.packingPercent / 100;
  return members.map((group) => {
    const size = (name: string) => orUndefined(() => group.number(`scalingConfig.${name}`)) ?? 0;
    const spec = orUndefined(() => specOf(context, group));
    if (pods.length === 0 || spec === undefined) {
      return size("desiredSize");
    }
    const kind = spec.gpus > 0 ? "gpu" : "general";
    const usable = { cpu: spec.vcpu * packing, memoryGiB: spec.memoryGiB * packing, gpus: spec.gpus };
    const needed = nodesFor(open[kind], usable);
    const nodes = Math.min(Math.max(needed, size("minSize")), size("maxSize"));
    open[kind] = less(open[kind], usable, nodes);
    return nodes;
  });
}

/** What pods ask for: those with GPUs, those without, or all of them. */
function demand(pods: readonly PodGroup[], number: (group: PodGroup) => number, withGpus?: boolean): Demand {
  const total = { cpu: 0, memoryGiB: 0, gpus: 0 };
  for (const group of pods.filter(({ gpus }) => withGpus === undefined || gpus > 0 === withGpus)) {
    total.cpu += group.cpu * number(group);
    total.memoryGiB += group.memoryGiB * number(group);
    total.gpus += group.gpus * number(group);
  }
  return total;
}

/** Whole nodes; a rounding error of a sum is no node. */
function nodesFor(demanded: Demand, usable: Demand): number {
  const resources = (["cpu", "memoryGiB", "gpus"] as const).filter((resource) => usable[resource] > 0);
  return Math.max(...resources.map((resource) => Math.ceil(demanded[resource] / usable[resource] - 1e-9)));
}

function less(demanded: Demand, usable: Demand, nodes: number): Demand {
  const rest = (resource: keyof Demand) => Math.max(0, demanded[resource] - usable[resource] * nodes);
  return { cpu: rest("cpu"), memoryGiB: rest("memoryGiB"), gpus: rest("gpus") };
}
