import { normalReached } from "./distributions";

/** A pass says that the effect it names would have been seen with this probability. */
export const POWER = 0.8;

/**
 * The standard error, without a difference, of the share of pairs in which the candidate's value is the higher one.
 *
 * @param inflation - See dependence.ts.
 */
export function pairError(candidate: number, baseline: number, inflation: number): number {
  return Math.sqrt(((candidate + baseline + 1) * inflation) / (12 * candidate * baseline));
}

/**
 * The smallest shift, in standard deviations, that a rank-sum test finds; infinite where even samples that do not overlap would
 * not be certain enough. A shift of 1 is hard to see in ten values, and one of 100 no easier than one of 5: the ranks are the same.
 *
 * @param error - See {@link pairError}. As the samples come apart it falls, to 0 where they do not overlap.
 * @param critical - How many standard errors are a finding.
 * @param reserve - How many more make it a likely one.
 */
export function visibleShift(error: number, critical: number, reserve: number): number {
  const [needed, more] = [critical * error, reserve * error];
  // The excess over one half that solves excess = needed + more √(1 - 4 excess²).
  const scale = 1 + 4 * more ** 2;
  const excess = (needed + more * Math.sqrt(Math.max(0, scale - 4 * needed ** 2))) / scale;
  return needed < 0.5 && excess < 0.5 ? Math.SQRT2 * normalReached(0.5 - excess) : Infinity;
}
