import type { Color } from "../../stacks/config/fields";

/** Why a sample says nothing. `few` is too few requests: time may mend it; the others are no data. */
export type Silence = "empty" | "nan" | "stale" | "few" | "error";

/** One reading of one metric. */
export interface Reading {
  metric: string;
  color: Color;
  /** A region, or {@link TOTAL}. */
  scope: string;
  /** The value, in the metric's unit; absent when the reading says nothing. */
  value?: number;
  /** Requests in the window that the value is about, where the metric counts them. */
  requests?: number;
  silence?: Silence;
  /** With `error`: what went wrong, without credentials. */
  error?: string;
}

/** What all metrics said at one moment. */
export interface Sample {
  /** Milliseconds since the epoch: the end of the time that it is about. */
  at: number;
  readings: readonly Reading[];
}
