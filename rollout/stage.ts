import type { Color } from "../stacks/config/fields";
import type { Json } from "./engine";
import type { TouchName } from "./touch";

/** What a stage is for. */
export type StageKind =
  | "check"
  | "approve"
  | "deploy"
  | "database"
  | "maintenance"
  | "smoke"
  | "capacity"
  | "shift"
  | "validate"
  | "activate"
  | "watch"
  | "retire"
  | "recover"
  | "complete";

/**
 * One stage of a release: a config patch, and the resources that it may touch. Applying the patch with `up` and seeing
 * something else change means that somebody else's change, or drift, would ride along.
 */
export interface Stage {
  name: string;
  kind: StageKind;
  /** The stack that the patch is for. */
  stack: string;
  /** Values to set, by path inside the `cutover:` namespace; empty for a stage that only looks. */
  patch: Readonly<Record<string, Json>>;
  /** What `up` may change; nothing for a stage that only looks. */
  touches: readonly TouchName[];
  /** The candidate's percentage of requests once the stage is done, in regions that are not named below. */
  share: number;
  /** The candidate's percentage in regions that go first. */
  regionShares?: Readonly<Record<string, number>>;
}

/** The stages that put the maintenance page on and off, and the one in which people may have the database go back. */
export const PAGE_ON = "maintenance-on";
export const PAGE_OFF = "maintenance-off";
export const MIGRATION = "database-migrate";
export const REVERT = "database-revert";

/** The stages that raise the capacity of the region that takes over, and that close the lost one at the edge. */
export const RECOVER_CAPACITY = "recover-capacity";
export const RECOVER_ROUTE = "recover-route";

/** The candidate's percentage in a region once a stage is done. */
export function shareIn(stage: Pick<Stage, "share" | "regionShares">, region: string): number {
  return stage.regionShares?.[region] ?? stage.share;
}

/** The largest share of the requests of a region that one of some stages gives to the candidate, in percent. */
export function largestStep(stages: readonly Pick<Stage, "share" | "regionShares">[]): number {
  const regions = ["", ...new Set(stages.flatMap(({ regionShares = {} }) => Object.keys(regionShares)))];
  return Math.max(
    0,
    ...stages.flatMap((stage, index) =>
      index === 0 ? [] : regions.map((region) => round(shareIn(stage, region) - shareIn(stages[index - 1]!, region))),
    ),
  );
}

/** The values that give the candidate a share of the requests, and some regions another. */
export function trafficPatch(
  candidate: Color,
  share: number,
  regionShares: Readonly<Record<string, number>> = {},
): Record<string, Json> {
  const green = (percent: number) => (candidate === "green" ? percent : round(100 - percent));
  const regions = Object.fromEntries(Object.entries(regionShares).map(([region, percent]) => [region, green(percent)]));
  return { "traffic.green": green(share), "traffic.regions": regions };
}

/** Percentages have at most a few decimals; 100 - 99.9 must not become 0.09999999999999432. */
function round(value: number): number {
  return Math.round(value * 1e6) / 1e6;
}
