import { changed } from "./counts";
import { autoregressive, cautious } from "./dependence";
import { normalReached, studentReached } from "./distributions";
import { DEFAULT_ALPHA } from "./looks";
import { pairError, POWER, visibleShift } from "./power";
import { FEWEST } from "./series";

/** What a plan knows of a comparison before there are data. */
interface Planned {
  /** Of the look, or of the rollout divided by its looks: see lookAlpha. Default 0.05. */
  alpha?: number;
  /** How many tests share it: metrics, and for series about four for each. Default 1. */
  tests?: number;
  /** With which probability the effect is to be seen. Default 0.8. */
  power?: number;
}

/** A proportion, of so many requests. */
export interface RateSamples extends Planned {
  /** Requests of each color in the look's window. */
  candidate: number;
  baseline: number;
  /** Expected proportion of the baseline, 0 to 1. */
  baselineRate: number;
}

/** A series, of so many values. */
export interface SeriesSamples extends Planned {
  /** Values of each color in the look's window. */
  candidate: number;
  baseline: number;
  /** Standard deviation between the values, as a part of their mean. */
  cv: number;
  /** Autocorrelation from one value to the next. Default 0. */
  correlation?: number;
}

/** The smallest higher proportion that a look can see, 0 to 1; `undefined` where not even 100 % would be seen. */
export function detectableRate(samples: RateSamples): number | undefined {
  const { candidate, baseline, baselineRate, alpha = DEFAULT_ALPHA, tests = 1, power = POWER } = samples;
  const errors = normalReached(alpha / tests / 2) + normalReached(1 - power);
  const effect = errors * Math.sqrt(1 / candidate + 1 / baseline);
  const most = Math.PI - 2 * Math.asin(Math.sqrt(baselineRate));
  return effect < most ? changed(baselineRate, effect) : undefined;
}

/**
 * The smallest shift that a look can see, as a part of the baseline's mean: 0.15 is 15 % slower. `undefined` where the samples
 * are too few for any. Counts with what the judge puts on top of the autocorrelation that it sees.
 */
export function detectableShift(samples: SeriesSamples): number | undefined {
  const { candidate, baseline, cv, correlation = 0 } = samples;
  const length = Math.min(candidate, baseline);
  if (length < FEWEST) {
    return undefined;
  }
  // What the judge estimates of such a series is too low by what it corrects: so it is added here only once.
  const seen = correlation - (1 + 3 * correlation) / length;
  const inflation = Math.min(length, autoregressive(cautious(seen, length, length), length));
  const { alpha = DEFAULT_ALPHA, tests = 1, power = POWER } = samples;
  const critical = studentReached(alpha / tests / 2, candidate + baseline - 2);
  const shift = visibleShift(pairError(candidate, baseline, inflation), critical, normalReached(1 - power));
  return Number.isFinite(shift) ? cv * shift : undefined;
}
