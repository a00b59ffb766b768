/** How often a release without a difference may look like one with a difference: 1 %, one-sided. */
const FALSE_ALARM_Z = 2.3263;
/** How often a difference of that size must be seen: 90 %. */
const DETECTION_Z = 1.2816;
/** Part of the requests that fail while nothing is wrong: the strategy's 99.9 %. */
const ORDINARY = 0.001;
/** Below so many failures, the normal approximation promises more than there is. */
const FEWEST_FAILURES = 5;

/**
 * The smallest rise of the error rate that a comparison of two proportions could show, by the normal approximation: above
 * 0.1 % of errors, with a false alarm in a hundred and nine of ten such rises seen. Pure.
 *
 * @returns Percentage points; undefined where not even a color that fails entirely could be told.
 */
export function smallestChange({ candidate, active }: { candidate: number; active: number }): number | undefined {
  if (candidate < FEWEST_FAILURES || active < FEWEST_FAILURES) {
    return undefined;
  }
  const tells = (rise: number) => {
    const rate = ORDINARY + rise;
    const pooled = (candidate * rate + active * ORDINARY) / (candidate + active);
    const alike = Math.sqrt(pooled * (1 - pooled) * (1 / candidate + 1 / active));
    const apart = Math.sqrt((rate * (1 - rate)) / candidate + (ORDINARY * (1 - ORDINARY)) / active);
    return rise >= FALSE_ALARM_Z * alike + DETECTION_Z * apart && rate * candidate >= FEWEST_FAILURES;
  };
  let [low, high] = [0, 1 - ORDINARY];
  if (!tells(high)) {
    return undefined;
  }
  for (let step = 0; step < 50; step += 1) {
    const middle = (low + high) / 2;
    [low, high] = tells(middle) ? [low, middle] : [middle, high];
  }
  return 100 * high;
}
