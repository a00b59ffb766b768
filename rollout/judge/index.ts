/**
 * The judge: compares a candidate's metrics with the active color's, and says promote, hold or roll back. Pure.
 * docs/judge.md argues what it does, `npm run judge:calibrate` shows its error rates.
 */
import { conclude } from "./conclude";
import { decide } from "./decide";
import { holm } from "./holm";
import { DEFAULT_ALPHA, lookAlpha, type Look } from "./looks";
import { compare } from "./metric";
import type { Evidence, JudgeInput, Metric, MetricVerdict, Untestable, Verdict } from "./types";

export { decide, type Decision } from "./decide";
export { detectableRate, detectableShift, type RateSamples, type SeriesSamples } from "./detectable";
export { parseJudgeInput } from "./input";
export { lookAlpha, type Look } from "./looks";
export type * from "./types";

/**
 * Judges one look by itself: any false alarm, over all its metrics and detectors, has the probability `alpha`.
 *
 * The input is taken as valid: {@link parseJudgeInput} checks what comes from outside.
 */
export function judge({ alpha = DEFAULT_ALPHA, metrics }: JudgeInput): Verdict {
  const compared = metrics.map((metric) => compare(metric, alpha));
  const adjusted = holm(compared.flatMap((each) => ("tests" in each ? each.tests.map(({ pValue }) => pValue) : [])));
  let next = 0;
  const verdicts = compared.map((each, index) => {
    const own = "tests" in each ? adjusted.slice(next, (next += each.tests.length)) : [];
    return "tests" in each
      ? conclude(metrics[index]!, each, own, alpha, adjusted.length)
      : untested(metrics[index]!, each);
  });
  const { verdict, score } = decide(metrics, verdicts);
  return { verdict, score, metrics: verdicts };
}

/** Judges one look of a rollout: any false alarm, over all its looks, has the probability `alpha`. */
export function judgeLook({ metrics, ...look }: Look & Pick<JudgeInput, "metrics">): Verdict {
  return judge({ alpha: lookAlpha(look), metrics });
}

function untested({ name }: Metric, { result, reason }: Exclude<Evidence | Untestable, Evidence>): MetricVerdict {
  return { name, result, detector: "none", pValue: null, adjustedPValue: null, effect: null, interval: null, reason };
}
