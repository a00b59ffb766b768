/** The part of a rollout's false alarms that one look may spend. */
export interface Look {
  /** Which look this is, from 1. */
  look: number;
  /**
   * How many looks the rollout has at most. Each then spends the same part. Default: not known; then look k spends 1 / (k (k + 1))
   * of all, which adds up to all of it however long the rollout lasts.
   */
  looks?: number;
  /** The probability of any false alarm in the whole rollout. Default 0.05. */
  alpha?: number;
}

/** The false-alarm rate of a rollout, or of a single look, that does not state its own. */
export const DEFAULT_ALPHA = 0.05;

/**
 * The alpha of one look. The sum over all looks is at most the rollout's alpha, so its false-alarm rate is too, whatever windows
 * they look at and however those overlap.
 *
 * @throws RangeError for a look that is not planned.
 */
export function lookAlpha({ look, looks, alpha = DEFAULT_ALPHA }: Look): number {
  if (!Number.isInteger(look) || look < 1 || (looks !== undefined && look > looks)) {
    throw new RangeError(
      `look ${look} of ${looks ?? "any number"}: a whole number from 1 to the number of looks is needed`,
    );
  }
  return looks === undefined ? alpha / (look * (look + 1)) : alpha / looks;
}
