import type { View } from "../../../rehearsal/load";
import { SimulatedLoad, type LoadOptions } from "../../../rehearsal/load";

export const REGIONS = { "us-east-1": 40, "us-west-2": 30, "eu-west-1": 20, "ap-southeast-1": 10 };

/** Pods of the active color at full capacity: what production has. */
const FULL: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  "us-east-1": { function: 1, api: 10, web: 6 },
  "us-west-2": { function: 1, api: 8, web: 5 },
  "eu-west-1": { function: 1, api: 5, web: 3 },
  "ap-southeast-1": { function: 1, api: 3, web: 3 },
};

export interface Deeds {
  /** Percentage of green, in every region or by region. */
  green?: number | Readonly<Record<string, number>>;
  /** Pods of green, as a part of those at full capacity. @default 1 */
  capacity?: number;
}

/** What routers of four regions do, with blue at full capacity. */
export function viewOf({ green = 0, capacity = 1 }: Deeds = {}): View {
  return Object.fromEntries(
    Object.entries(FULL).map(([region, workloads]) => {
      const share = (typeof green === "number" ? green : (green[region] ?? 0)) / 100;
      const view = (pods: number) => ({
        share: { blue: 1 - share, green: share },
        page: 0,
        ready: { blue: pods, green: Math.ceil(pods * capacity) },
      });
      return [region, Object.fromEntries(Object.entries(workloads).map(([name, pods]) => [name, view(pods)]))];
    }),
  );
}

/** A load over a world of which only the view exists, and the time that somebody sets. */
export class TestLoad {
  public readonly clock: { worldNow: number };
  public view = viewOf();
  public readonly load: SimulatedLoad;

  public constructor(options: Partial<LoadOptions> = {}, start = Date.UTC(2027, 0, 12, 15)) {
    this.clock = { worldNow: start };
    this.load = new SimulatedLoad({
      clock: this.clock,
      view: () => this.view,
      regions: REGIONS,
      active: "blue",
      seed: 1,
      ...options,
    });
    this.load.look();
  }

  public set(view: View): void {
    this.view = view;
    this.load.look();
  }

  public pass(seconds: number): number {
    this.clock.worldNow += 1_000 * seconds;
    return this.clock.worldNow;
  }
}
