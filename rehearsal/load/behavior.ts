import type { Color } from "../../stacks/config/fields";

/** How one color of one region behaves at a moment, apart from what its load does to it. */
export interface Behavior {
  /** Part of its answers that are errors although it has the capacity, 0 to 1. */
  errors: number;
  /** How many times as long its requests take. */
  slowness: number;
  /** Part of its requests that take 25 times as long, 0 to 1. */
  tail: number;
  /** Part of the calls to AI that fail, 0 to 1. */
  aiErrors: number;
  /** How many times as long calls to AI take. */
  aiSlowness: number;
  /** Part of the attempts to connect to the database that fail, 0 to 1. */
  connectionFailures: number;
  /** Part of the sessions that crash, 0 to 1. */
  crashes: number;
  /** How many times as many careers students choose in a session. */
  selections: number;
  /** Reports of users in an hour, of all regions and all traffic together. */
  reports: number;
  /** Percentage points of memory beyond what it needs. */
  memory: number;
}

/** A release with nothing wrong: few errors, but not none. */
export const HEALTHY: Readonly<Behavior> = {
  errors: 0.000_05,
  slowness: 1,
  tail: 0,
  aiErrors: 0.002,
  aiSlowness: 1,
  connectionFailures: 0.000_05,
  crashes: 0.000_01,
  selections: 1,
  reports: 1,
  memory: 0,
};

/** How a color of a region behaves at a moment, in milliseconds since the epoch. */
export type Behaves = (region: string, color: Color, at: number) => Readonly<Behavior>;
