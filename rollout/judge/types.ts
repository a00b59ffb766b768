/** How often something happened, of how many times that it could have: failed requests of all requests. */
export interface Count {
  events: number;
  total: number;
}

/** The values of a color: in time order, one for each interval, `null` where there is none; or one count for all of it. */
export type Values = readonly (number | null)[] | readonly (Count | null)[] | Count;

/** What is compared, between the candidate and the active color over the same window. */
export interface Metric {
  name: string;
  /** Where it was measured, as a region. A name may occur once in each group. */
  group?: string;
  /** Its part of the score. Default 1; with 0 it is judged, and counts only when critical. */
  weight?: number;
  /** Whether it rolls back, or holds, by itself. Default `false`. */
  critical?: boolean;
  /** In which direction a change is bad. */
  worse: "higher" | "lower" | "either";
  /**
   * How many times as bad as the baseline is tolerated: 1.2 is up to 1.2 times a latency, or down to 1 / 1.2 of an engagement.
   * Default: any difference that is shown counts.
   */
  maxRatio?: number;
  /** Whether the sides' values rest on different numbers of requests, as quantiles of 5 % and of 95 % of the traffic do. Default `false`. */
  uneven?: boolean;
  baseline: Values;
  candidate: Values;
}

/** One look at a rollout. */
export interface JudgeInput {
  /** The probability of any false alarm in this look, over all metrics and detectors. Default 0.05. */
  alpha?: number;
  metrics: readonly Metric[];
}

/** What a metric says. `high` and `low` are always bad: a change for the better passes. */
export type Result = "pass" | "high" | "low" | "inconclusive" | "nodata" | "error";

/**
 * What looked: `location` (rank-sum of all values) and `proportion` (of counts) can roll back; `tail`, `variance` and `trend`
 * can hold; `none` where nothing could be tested.
 */
export type Detector = "location" | "proportion" | "tail" | "variance" | "trend" | "none";

/** What the judge says of a metric. */
export interface MetricVerdict {
  name: string;
  result: Result;
  /** Whose finding the result is. */
  detector: Detector;
  /**
   * Two-sided, for this metric alone and as if values were independent: rank-sum of series, Fisher's exact test of counts
   * (score test from 10,000 events on). `null` where nothing could be tested.
   */
  pValue: number | null;
  /** Of the detector, with dependence between values, and corrected for all metrics and detectors (Holm). */
  adjustedPValue: number | null;
  /** Candidate minus baseline, in the metric's unit: the Hodges-Lehmann shift, or the difference of two proportions. */
  effect: number | null;
  /** Confidence interval of the effect for this metric alone, at 1 - alpha. `null` where the samples are too few for it. */
  interval: [low: number, high: number] | null;
  /** Why, in a sentence with the figures. */
  reason: string;
}

/** What the judge says of a look. */
export interface Verdict {
  verdict: "promote" | "hold" | "rollback";
  /** Weight of the metrics that passed, of all: 0 to 1. */
  score: number;
  /** In the order of the input. */
  metrics: MetricVerdict[];
}

/** One test of one metric. */
export interface Test {
  detector: Exclude<Detector, "none">;
  /** With dependence between values, before the correction for many tests. */
  pValue: number;
  /** Where the candidate is. */
  side: "high" | "low";
  /** Whether that is bad. A test that found a change for the better is one of the family too. */
  bad: boolean;
  /** What it found, as the middle of a sentence; absent where the effect says it. */
  finding?: () => string;
}

/** What was found out about a metric. */
export interface Evidence {
  pValue: number;
  effect: number;
  interval: [low: number, high: number] | undefined;
  /** The first one is of all values; detectors follow. */
  tests: Test[];
  /** Both sides in figures: the start of a sentence. */
  figures: string;
  /** How the estimate breaks `maxRatio`, where it does. */
  beyondLimit?: string;
  /** What the samples could have shown. */
  power: Power;
}

/** What samples can show, before the correction for many tests is known. */
export interface Power {
  /** Of the test's standard error. */
  degrees: number;
  /**
   * The smallest standardized effect that is found, infinite where none is.
   *
   * @param critical - How many standard errors are a finding.
   * @param reserve - How many more make it a likely one.
   */
  visible: (critical: number, reserve: number) => number;
  /** The standardized effect that must be visible for a pass. */
  needed: number;
  /** A standardized effect in words. */
  text: (effect: number) => string;
  /** How many samples there are, and what they are worth. */
  samples: string;
}

/** Why nothing could be tested. */
export interface Untestable {
  result: "inconclusive" | "nodata" | "error";
  reason: string;
}
