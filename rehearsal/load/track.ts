/** What is counted of one color in one region, as a monitoring system counts it. */
export const COUNTERS = [
  "requests",
  /** Errors that any release has. */
  "failedOrdinary",
  /** Errors of what is wrong with the release. */
  "failedRelease",
  /** Errors because there are too few targets, or none. */
  "failedCapacity",
  /** Errors because the database does not answer. */
  "failedDatabase",
  /** Requests that were slow. */
  "slow",
  "sessions",
  "crashes",
  "reports",
  "engaged",
  "selections",
  /** Flow state of each session, added up. */
  "flow",
  "aiCalls",
  "aiErrors",
  "connections",
  "connectionFailures",
  /** Of each request, the logarithm of the median that held. */
  "logMedian",
  /** Of each request, the part of the tail that held. */
  "tail",
  /** Deviates of the sampling error of quantiles, times the root of the requests. */
  "deviate",
  /** Of each call to AI, the logarithm of the slowness that held. */
  "logAi",
  "aiDeviate",
  /** Of each cell, how busy the targets were: 1 is all that they can do. */
  "utilization",
  /** Of each cell, percentage points of memory beyond what is needed. */
  "memory",
] as const;

export type Counter = (typeof COUNTERS)[number];
export type Counts = Record<Counter, number>;

const WIDTH = COUNTERS.length;

const NOTHING = Object.fromEntries(COUNTERS.map((name) => [name, 0])) as Counts;

/** No counts. */
export function nothing(): Counts {
  return { ...NOTHING };
}

/** What was counted of one color in one region, cell after cell: any window of it is one subtraction. */
export class Track {
  /** Counters from the beginning to the end of each cell, row after row; the first row is all 0. */
  private rows = new Float64Array(WIDTH * 512);
  /** Targets of the workload that has the fewest, by cell. */
  private readonly ready: number[] = [];

  /** How many cells there are. */
  public get cells(): number {
    return this.ready.length;
  }

  /** Adds a cell. */
  public add(counts: Counts, ready: number): void {
    const end = (this.cells + 1) * WIDTH;
    if (end + WIDTH > this.rows.length) {
      const larger = new Float64Array(this.rows.length * 2);
      larger.set(this.rows);
      this.rows = larger;
    }
    for (let index = 0; index < WIDTH; index += 1) {
      this.rows[end + index] = this.rows[end - WIDTH + index]! + counts[COUNTERS[index]!];
    }
    this.ready.push(ready);
  }

  /** Adds to `sums` what was counted in the cells `from` up to and without `to`. */
  public sum(from: number, to: number, sums: Counts): void {
    for (let index = 0; index < WIDTH; index += 1) {
      sums[COUNTERS[index]!] += this.rows[to * WIDTH + index]! - this.rows[from * WIDTH + index]!;
    }
  }

  /** The least targets of any workload in a cell. */
  public readyIn(cell: number): number {
    return this.ready[cell]!;
  }
}
