import { COLORS, type Color } from "../../stacks/config/fields";
import { HEALTHY, type Behaves } from "./behavior";
import { countCell } from "./cell";
import { busyness, PEAK } from "./day";
import { destinations } from "./moves";
import { Noise } from "./noise";
import { Timeline } from "./timeline";
import { nothing, Track, type Counts } from "./track";
import type { View, WorkloadView } from "./view";
import type { Reach } from "../world";

/** Length of a cell of time: as often as production's Prometheus scrapes. */
const CELL_SECONDS = 15;
const CELL = 1_000 * CELL_SECONDS;

/** How long the world has served users when a rehearsal begins, unless it is told, in seconds. */
const HISTORY_SECONDS = 3_600;

/** How busy targets are in the busiest minute: as busy as the autoscalers want them. */
const BUSY = 0.7;

/** How long the edge goes on sending users to a region in which nothing answers, in milliseconds. */
const FAILOVER = 60_000;

export interface LoadOptions {
  clock: { readonly worldNow: number };
  /** What the routers do now. */
  view: () => View;
  /** Percentage of all requests that the users of each region send. */
  regions: Readonly<Record<string, number>>;
  /** Where the edge sends users now, by jurisdiction, and the jurisdiction of each region. @default - each region has its own users */
  edge?: { reach: () => Readonly<Record<string, Reach>>; jurisdictions: Readonly<Record<string, string>> };
  /** The color that serves when the rehearsal begins: what it stands on is what the busiest minute needs. */
  active: Color;
  /** Requests of all regions in a minute in which each has its quietest. @default 60000 */
  requestsPerMinute?: number;
  /** Requests a minute of a load generator, in all regions, while the maintenance page is on. @default 0 */
  syntheticPerMinute?: number;
  /** How long the world has served users when it begins, in seconds: as long as the longest window that is read. @default 3600 */
  historySeconds?: number;
  /** The same seed and the same deeds give the same figures. */
  seed: number;
  /** What is wrong with whom, when. @default - nothing */
  behavior?: Behaves;
}

/** What happened in some time to requests of a color in a scope. */
export interface Window {
  counts: Counts;
  cells: number;
  /** The last cell: what chance is drawn from. */
  cell: number;
  /** The least targets of any workload, at the end. */
  ready: number;
  regions: readonly string[];
}

/** How many users' requests were hurt, and by what. */
export interface Affected {
  requests: number;
  failed: {
    /** Errors that any release has. */
    ordinary: number;
    /** By what is wrong with the release. */
    release: number;
    /** For want of targets. */
    capacity: number;
    /** For want of a database. */
    database: number;
    /** By routers that send requests nowhere. */
    nowhere: number;
  };
  /** Requests that took longer than two seconds, rounded. */
  slow: number;
}

/** How a region began: what its load is in proportion to. */
interface Scale {
  /** Part of the region's requests, by workload. */
  mix: Readonly<Record<string, number>>;
  /** Requests a second that one target can take. */
  perTarget: number;
}

/**
 * The users of a rehearsal, and what they meet: requests in proportion to the weights and the targets that the stand-in clouds
 * really have, counted by region and color as a monitoring system would. Targets of the active color, as it stands in the
 * beginning, are enough for the busiest minute at 70 % of what they can do; nothing scales by itself, so that what a release
 * declares must be enough.
 */
export class SimulatedLoad {
  public readonly regions: readonly string[];
  /** Cells before the beginning. */
  private readonly history: number;
  private readonly views = new Timeline<View>();
  private readonly reaches = new Timeline<Readonly<Record<string, Reach>>>();
  private readonly tracks = new Map<string, Track>();
  private readonly noises = new Map<string, Noise>();
  private readonly scales = new Map<string, Scale>();
  /** Requests since the beginning that routers sent nowhere. */
  private nowhere = 0;
  private first = 0;

  public constructor(private readonly options: LoadOptions) {
    const { edge } = options;
    const standing = Object.values(edge?.reach() ?? {}).flatMap(({ weights, fallback }) => [
      ...Object.keys(weights),
      fallback,
    ]);
    this.regions = [...new Set([...Object.keys(options.regions), ...standing])];
    this.history = Math.ceil((options.historySeconds ?? HISTORY_SECONDS) / CELL_SECONDS);
  }

  /**
   * Looks at the world: to be called once everything is brought up, and whenever something has changed it. What it shows holds from
   * now until the next look.
   */
  public look(): void {
    const now = this.options.clock.worldNow;
    const view = this.options.view();
    if (this.views.isEmpty) {
      this.first = Math.floor(now / CELL) - this.history;
      this.regions.forEach((region) => this.begin(region, view[region] ?? {}));
      this.regions.filter((region) => this.quietRate(region) === 0).forEach((region) => this.standBy(region));
    }
    this.views.add(now, view);
    this.reaches.add(now, this.options.edge?.reach() ?? {});
  }

  /**
   * What was counted in the window that ends at a moment, up to the last full cell; undefined for a time that has not come, or that
   * lies before all history.
   *
   * @param regions - Those that are counted together.
   */
  public window(color: Color, regions: readonly string[], at: number, seconds: number): Window | undefined {
    this.countTo(this.options.clock.worldNow);
    const end = Math.floor(at / CELL) - this.first;
    // A window that begins before anything was counted is that much shorter, as in Prometheus.
    const from = Math.max(0, end - Math.max(1, Math.round(seconds / CELL_SECONDS)));
    if (end <= 0 || at > this.options.clock.worldNow) {
      return undefined;
    }
    const counts = nothing();
    let ready = Infinity;
    for (const region of regions) {
      const track = this.track(region, color);
      track.sum(from, end, counts);
      ready = Math.min(ready, track.readyIn(end - 1));
    }
    return { counts, cells: (end - from) * regions.length, cell: end - 1, ready, regions };
  }

  /** How many requests were hurt since the beginning. @param color - @default - both */
  public affected(color?: Color): Affected {
    this.countTo(this.options.clock.worldNow);
    const sums = nothing();
    for (const region of this.regions) {
      for (const each of color === undefined ? COLORS : [color]) {
        const track = this.track(region, each);
        track.sum(this.history, track.cells, sums);
      }
    }
    const nowhere = color === undefined ? Math.round(this.nowhere) : 0;
    return {
      requests: sums.requests + nowhere,
      failed: {
        ordinary: sums.failedOrdinary,
        release: sums.failedRelease,
        capacity: sums.failedCapacity,
        database: sums.failedDatabase,
        nowhere,
      },
      slow: Math.round(sums.slow),
    };
  }

  /** Seconds from a moment until a color had no requests any more, by region; undefined where it still has some. */
  public secondsToZero(color: Color, since: number): Record<string, number | undefined> {
    return Object.fromEntries(
      this.regions.map((region) => {
        const zero = this.views.since((view) =>
          Object.values(view[region] ?? {}).every(({ share }) => share[color] === 0),
        );
        return [region, zero === undefined ? undefined : Math.max(0, zero - since) / 1_000];
      }),
    );
  }

  /** Chance of a color, or of everything, in a region. */
  public noise(region: string, color?: Color): Noise {
    const subject = color === undefined ? region : `${region} ${color}`;
    const noise = this.noises.get(subject) ?? new Noise(this.options.seed, subject);
    this.noises.set(subject, noise);
    return noise;
  }

  private track(region: string, color: Color): Track {
    const key = `${region} ${color}`;
    const track = this.tracks.get(key) ?? new Track();
    this.tracks.set(key, track);
    return track;
  }

  private begin(region: string, workloads: View[string]): void {
    const { active } = this.options;
    const ready = Object.entries(workloads).map(([workload, view]) => [workload, view.ready[active]] as const);
    const targets = ready.reduce((sum, [, count]) => sum + count, 0);
    const mix = ready.map(([workload, count]) => [workload, targets === 0 ? 1 / ready.length : count / targets]);
    this.scales.set(region, {
      mix: Object.fromEntries(mix) as Scale["mix"],
      perTarget: (this.quietRate(region) * PEAK) / (BUSY * Math.max(1, targets)),
    });
  }

  /** The targets of a region without users of its own can do as much as those of the region that it stands in for. */
  private standBy(region: string): void {
    const { edge, regions } = this.options;
    const [home] = Object.entries(regions)
      .filter(([other]) => edge?.jurisdictions[other] === edge?.jurisdictions[region])
      .sort(([, one], [, other]) => other - one)
      .map(([other]) => other);
    this.scales.set(region, this.scales.get(home ?? region)!);
  }

  /** Requests a second of a region in its quietest minute. */
  private quietRate(region: string): number {
    return ((this.options.requestsPerMinute ?? 60_000) / 60) * ((this.options.regions[region] ?? 0) / 100);
  }

  /** Counts what has passed: each cell once, when it is over. */
  private countTo(moment: number): void {
    const end = Math.floor(moment / CELL) - this.first;
    for (const region of this.regions) {
      const done = this.track(region, COLORS[0]).cells;
      for (let index = done; index < end; index += 1) {
        this.count(region, index);
      }
    }
  }

  private count(region: string, index: number): void {
    const { behavior } = this.options;
    const cell = this.first + index;
    const at = (cell + 0.5) * CELL;
    const view = this.views.at(at)[region] ?? {};
    const weather = this.noise(region);
    const rate = this.rateOf(region, cell, at);
    const scale = this.scales.get(region)!;
    const workloads = Object.entries(view).map(([workload, each]): [number, WorkloadView] => [
      scale.mix[workload] ?? 0,
      each,
    ]);
    const home = (this.options.regions[region] ?? 0) / 100;
    for (const color of COLORS) {
      const counts = countCell({
        cell,
        seconds: CELL_SECONDS,
        rate,
        synthetic: ((this.options.syntheticPerMinute ?? 0) / 60) * home,
        regionPart: home,
        color,
        workloads,
        perTarget: scale.perTarget,
        answers: (other) => this.answers(other, at),
        behavior: behavior?.(region, color, at) ?? HEALTHY,
        noise: this.noise(region, color),
        weather,
      });
      this.track(region, color).add(counts, Math.min(...workloads.map(([, { ready }]) => ready[color])));
    }
    if (index >= this.history) {
      const met = workloads.reduce((sum, [mix, { share, page }]) => sum + mix * (page + share.blue + share.green), 0);
      this.nowhere += rate * CELL_SECONDS * (1 - met);
    }
  }

  /** Requests a second that come to a region: of its own users, and of those that the edge sends there instead. */
  private rateOf(region: string, cell: number, at: number): number {
    const { regions, edge } = this.options;
    const reach = this.reaches.at(at);
    return Object.keys(regions).reduce((sum, home) => {
      const jurisdiction = edge?.jurisdictions[home];
      if (home !== region && (jurisdiction === undefined || jurisdiction !== edge?.jurisdictions[region])) {
        return sum;
      }
      const goes = destinations(
        home,
        jurisdiction === undefined ? undefined : reach[jurisdiction],
        // The edge goes on sending users to a region until it has noticed.
        (other) => this.answers(other, at) || this.answers(other, at - FAILOVER),
      );
      const part = goes[region] ?? 0;
      const rate = this.quietRate(home) * busyness(home, at) * (1 + 0.06 * this.noise(home).drift(cell, 20, 1));
      return part === 0 ? sum : sum + part * rate;
    }, 0);
  }

  private answers(region: string, at: number): boolean {
    return !isDead(this.views.at(at)[region] ?? {});
  }
}

/** Whether nothing in a region answers, so that the edge takes it for dead. */
function isDead(view: View[string]): boolean {
  return Object.values(view).every(({ ready }) => COLORS.every((color) => ready[color] === 0));
}
