import type { Clock } from "../rollout/ports";
import { Noise } from "./load/noise";

/** When a rehearsal begins unless it is told: a Tuesday, 10:00 in New York, 15:00 in Dublin, 23:00 in Singapore. */
export const REHEARSAL_START = Date.UTC(2027, 0, 12, 15);

export interface VirtualClockOptions {
  /** Milliseconds since the epoch. @default {@link REHEARSAL_START} */
  start?: number;
  /** Decides who wakes first of those who wake at the same moment. @default - who went to sleep first */
  seed?: number;
}

interface Sleeper {
  at: number;
  /** Among sleepers of one moment, the lower wakes first. */
  order: number;
  wake: () => void;
}

/**
 * Virtual time: a sleep of hours takes microseconds. Time moves only when nobody has anything to do any more: from one sleeper's
 * moment to the next, each as soon as everything that the last one set off has settled.
 *
 * Work that leaves this process's event loop (files, child processes, a real `up`) must be marked with {@link busy} when others
 * sleep meanwhile, or time would pass for them.
 */
export class VirtualClock implements Clock {
  private elapsed = 0;
  private offset = 0;
  private running = 0;
  private slept = 0;
  private scheduled = false;
  private stopped = false;
  private readonly start: number;
  private readonly ties?: Noise;
  /** Who wakes next comes first. There are a handful at a time. */
  private readonly sleepers: Sleeper[] = [];

  public constructor({ start = REHEARSAL_START, seed }: VirtualClockOptions = {}) {
    this.start = start;
    this.ties = seed === undefined ? undefined : new Noise(seed, "clock");
  }

  /** What the controller's clock shows: {@link jump} moves it. */
  public now(): number {
    return this.worldNow + this.offset;
  }

  /** The time of the simulated world, which no clock of a controller changes. */
  public get worldNow(): number {
    return this.start + this.elapsed;
  }

  public sleep(milliseconds: number, signal?: AbortSignal): Promise<void> {
    if (signal?.aborted === true) {
      return Promise.resolve();
    }
    return new Promise((resolve) => {
      const sleeper: Sleeper = {
        at: this.elapsed + Math.max(0, milliseconds),
        order: this.ties?.uniform(this.slept, 0) ?? this.slept,
        wake: () => {
          signal?.removeEventListener("abort", cancel);
          resolve();
        },
      };
      const cancel = () => {
        this.sleepers.splice(this.sleepers.indexOf(sleeper), 1);
        resolve();
      };
      this.slept += 1;
      signal?.addEventListener("abort", cancel, { once: true });
      const later = this.sleepers.findIndex((other) => before(sleeper, other));
      this.sleepers.splice(later === -1 ? this.sleepers.length : later, 0, sleeper);
      this.schedule();
    });
  }

  /**
   * Does real work while time stands still, then lets the time pass that it is said to take.
   *
   * @param takes - Virtual milliseconds; of what the work returned where that decides. @default 0
   * @param signal - Cuts the virtual time short; what the work did is done.
   */
  public async busy<Result>(
    work: Promise<Result> | (() => Promise<Result>),
    takes: number | ((result: Result) => number) = 0,
    signal?: AbortSignal,
  ): Promise<Result> {
    this.running += 1;
    let result: Result;
    try {
      result = await (typeof work === "function" ? work() : work);
    } finally {
      this.running -= 1;
      this.schedule();
    }
    const milliseconds = typeof takes === "function" ? takes(result) : takes;
    if (milliseconds > 0) {
      await this.sleep(milliseconds, signal);
    }
    return result;
  }

  /** Sets the controller's clock by so many milliseconds, back when negative. Who sleeps goes on sleeping as long as before. */
  public jump(milliseconds: number): void {
    this.offset += milliseconds;
  }

  /** The end: who still sleeps never wakes. */
  public stop(): void {
    this.stopped = true;
    this.sleepers.length = 0;
  }

  /** An immediate runs when all promises have settled: until then somebody may still have something to do. */
  private schedule(): void {
    if (!this.scheduled && !this.stopped && this.running === 0 && this.sleepers.length > 0) {
      this.scheduled = true;
      setImmediate(() => this.advance());
    }
  }

  private advance(): void {
    this.scheduled = false;
    if (this.running === 0 && this.sleepers.length > 0) {
      const next = this.sleepers.shift()!;
      this.elapsed = next.at;
      next.wake();
    }
    this.schedule();
  }
}

/** Whether one sleeper wakes before another. */
function before(one: Sleeper, other: Sleeper): boolean {
  return one.at < other.at || (one.at === other.at && one.order < other.order);
}
