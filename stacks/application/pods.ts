import { capacityIn, ceilingOf, floorOf, regionScales, type Floors } from "../../components/internal/capacity";
import { consumersOf } from "../config/applicationChecks";
import type { Color } from "../config/fields";
import type { ApplicationConfig } from "../config/schema";
import type { PlatformFacts } from "../contract/platform";

/** Pods of each workload of one color in one region. */
export type RegionPods = Record<string, { floor: number; ceiling: number; consumers: number; schedules: boolean }>;

/** How many pods each workload has in one region, by color. Pure. */
export function colorPods(
  config: ApplicationConfig,
  platform: PlatformFacts,
  region: string,
): Record<Color, RegionPods> {
  const sizes = Object.fromEntries(Object.entries(platform.regions).map(([name, { facts }]) => [name, facts]));
  const scale = regionScales(sizes, config.capacity)[region]!;
  const jurisdiction = platform.jurisdictions[sizes[region]!.jurisdiction]!;
  const pods = (color: Color): RegionPods => {
    const working = color === consumersOf(config);
    const capacity = capacityIn(scale, config.capacity[color], config.capacity);
    const floor = (sizing: Floors) => floorOf(sizing, capacity, scale);
    return Object.fromEntries(
      Object.entries(config.workloads).map(([name, workload]) => [
        name,
        {
          floor: floor(workload.pods),
          ceiling: ceilingOf(workload.pods, scale),
          consumers: working && workload.consumer !== undefined ? floor(workload.consumer.pods) : 0,
          schedules: working && region === jurisdiction.facts.primaryRegion,
        },
      ]),
    );
  };
  return { blue: pods("blue"), green: pods("green") };
}
