import type { Issue } from "../../stacks/config/issue";
import type { Color } from "./names";

/**
 * How many pods a color has at least, and whether the nodes hold them. Pure.
 *
 * The figures of a workload are those of the largest serving region at its full traffic; other regions have theirs by
 * their share. So that a rollback finds what it needs, a floor depends on the capacity that was declared and never on
 * the traffic of the moment.
 */

/**
 * What a color is prepared for: `off` has no pods, `warm` a small minimum, `full` the floor for all traffic, a number
 * the floor for that percentage of the traffic.
 */
export type Capacity = "off" | "warm" | "full" | number;

/** Pods of a workload in the largest serving region: while warm, and at least at full traffic. */
export interface Floors {
  warm: number;
  min: number;
}

/** The same, and the most that there may be. */
export interface Sizing extends Floors {
  max: number;
}

/** What one pod asks for. A pod with a GPU runs on the gpu node group, so only its GPUs are counted. */
export interface PodSize {
  cpu: number;
  memoryGiB: number;
  gpus: number;
}

/** What the platform says about a region, as far as capacity needs it. */
export interface RegionSize {
  jurisdiction: string;
  role: string;
  /** Percentage of all requests. */
  share: number;
  /** What the region's nodes can hold at their largest. */
  nodes: PodSize;
}

/** A region in proportion to the largest serving region. */
export interface RegionScale {
  /** The traffic that its floors are for; of a recovery region, that of the region it stands in for. */
  serving: number;
  /** The traffic that its ceilings are for: the largest region of the jurisdiction may fail over to it. */
  peak: number;
  /** Whether it serves nobody until its jurisdiction fails over. */
  recovery: boolean;
}

/** Pods of one kind in one color. */
export interface PodGroup {
  name: string;
  color: Color;
  capacity: Capacity;
  sizing: Floors;
  pod: PodSize;
}

/** How the capacity of a deployment is read. */
export interface CapacityRules {
  /**
   * Recovery regions: `warm` whatever a color's capacity, or as the serving regions. A list names regions of any role that serve
   * alone in their jurisdiction; the other recovery regions are warm.
   */
  recovery: "warm" | "serving" | readonly string[];
  /** Percentage of the nodes that cluster controllers and fragmentation take. */
  reservedPercent: number;
}

/** Each region in proportion to the largest serving one. One that serves alone has all requests of its jurisdiction. */
export function regionScales(
  regions: Readonly<Record<string, Omit<RegionSize, "nodes">>>,
  { recovery: rule }: Pick<CapacityRules, "recovery"> = { recovery: "warm" },
): Record<string, RegionScale> {
  const all = Object.values(regions);
  const largest = Math.max(...all.map(({ share }) => share));
  return Object.fromEntries(
    Object.entries(regions).map(([name, { jurisdiction, role, share }]) => {
      const shares = all.filter((region) => region.jurisdiction === jurisdiction).map((region) => region.share);
      if (typeof rule !== "string" && rule.includes(name)) {
        const whole = shares.reduce((sum, each) => sum + each, 0) / largest;
        return [name, { serving: whole, peak: whole, recovery: false }];
      }
      const peak = Math.max(...shares) / largest;
      const recovery = role === "recovery";
      return [name, { serving: recovery ? peak : share / largest, peak, recovery }];
    }),
  );
}

/** What a color is prepared for in one region: a recovery region stays warm unless the rules say otherwise. */
export function capacityIn(scale: RegionScale, capacity: Capacity, rules: Pick<CapacityRules, "recovery">): Capacity {
  return scale.recovery && rules.recovery !== "serving" && capacity !== "off" ? "warm" : capacity;
}

/** The least pods of a workload: 0 when off, never below its warm minimum otherwise. */
export function floorOf(sizing: Floors, capacity: Capacity, scale: RegionScale): number {
  if (capacity === "off") {
    return 0;
  }
  if (capacity === "warm") {
    return sizing.warm;
  }
  const share = capacity === "full" ? 100 : capacity;
  return Math.max(sizing.warm, roundUp((sizing.min * scale.serving * share) / 100));
}

/** The most pods of a workload: never below the floor for all traffic. */
export function ceilingOf(sizing: Sizing, scale: RegionScale): number {
  return Math.max(floorOf(sizing, "full", scale), roundUp(sizing.max * scale.peak));
}

/**
 * Refuses floors that do not fit the nodes: in each region, the pods of both colors at their minimum, against what the
 * node groups hold at their largest.
 */
export function checkCapacity(
  groups: readonly PodGroup[],
  regions: Readonly<Record<string, RegionSize>>,
  rules: CapacityRules,
): Issue[] {
  const scales = regionScales(regions, rules);
  const value = Object.fromEntries(groups.map(({ color, capacity }) => [color, capacity]));
  return Object.entries(regions).flatMap(([region, { nodes }]) => {
    const needs = groups.map((group) => {
      const scale = scales[region]!;
      return { ...group, pods: floorOf(group.sizing, capacityIn(scale, group.capacity, rules), scale) };
    });
    return (["cpu", "memoryGiB", "gpus"] as const).flatMap((resource) => {
      const terms = needs
        .map((group) => ({ ...group, each: amount(group.pod, resource) }))
        .filter((t) => t.pods * t.each > 0);
      const needed = terms.reduce((sum, { pods, each }) => sum + pods * each, 0);
      // A GPU is given out whole, and nothing but pods with GPUs runs on those nodes: none are reserved.
      const reserved = resource === "gpus" ? 0 : rules.reservedPercent;
      const available = (nodes[resource] * (100 - reserved)) / 100;
      if (needed <= available + 1e-9) {
        return [];
      }
      const sum = terms.map(({ color, name, pods, each }) => `${color} ${name} ${pods} x ${round(each)}`).join(" + ");
      const message =
        `the least pods of both colors must fit the nodes of ${region}: they need ${round(needed)} ${UNITS[resource]} (${sum}), ` +
        `its node groups hold ${round(available)} at their largest` +
        (reserved === 0 ? "" : ` (${round(nodes[resource])} less the reserved ${reserved} %)`) +
        `; lower the capacity of a color or raise the node group's maximum`;
      return [{ path: "capacity", message, value }];
    });
  });
}

const UNITS = { cpu: "vCPU", memoryGiB: "GiB of memory", gpus: "GPUs" } as const;

function amount(pod: PodSize, resource: keyof PodSize): number {
  return resource !== "gpus" && pod.gpus > 0 ? 0 : pod[resource];
}

/** Up to the next whole pod, where a rounding error of the multiplication is no pod. */
function roundUp(pods: number): number {
  return Math.ceil(pods - 1e-9);
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
