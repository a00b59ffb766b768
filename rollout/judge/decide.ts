import { canRollBack } from "./conclude";
import { counted, figure } from "./text";
import type { Metric, MetricVerdict, Verdict } from "./types";

/** Above it a rollout goes on (002). */
const PROMOTE_ABOVE = 0.9;
/** Up to it a rollout goes back (002). */
const HOLD_ABOVE = 0.7;

/** What the metrics come to, and why. */
export interface Decision extends Pick<Verdict, "verdict" | "score"> {
  /** Why, in a sentence. */
  reason: string;
}

/**
 * Decides on a look. In this order:
 *
 * 1. a critical metric that is worse rolls back;
 * 2. a score of 0.7 or less rolls back if a metric is worse: what nobody could measure is no reason to move traffic;
 * 3. a critical metric that did not pass holds;
 * 4. a score above 0.9 promotes;
 * 5. all else holds.
 */
export function decide(metrics: readonly Metric[], verdicts: readonly MetricVerdict[]): Decision {
  const weights = metrics.map(({ weight }) => weight ?? 1);
  const all = weights.reduce((sum, weight) => sum + weight, 0);
  const passed = weights.reduce((sum, weight, index) => sum + (verdicts[index]!.result === "pass" ? weight : 0), 0);
  // Sums of decimal weights miss by their last bits: 0.9 is not above 0.9.
  const score = Number((passed / all).toPrecision(12));
  const named = (which: (index: number) => boolean) =>
    metrics.flatMap(({ name, group }, index) =>
      which(index) ? [group === undefined ? name : `${name} in ${group}`] : [],
    );
  const isWorse = (index: number) =>
    (verdicts[index]!.result === "high" || verdicts[index]!.result === "low") && canRollBack(verdicts[index]!);
  const isCritical = (index: number) => metrics[index]!.critical === true;

  const fatal = named((index) => isCritical(index) && isWorse(index));
  if (fatal.length > 0) {
    return { verdict: "rollback", score, reason: `${list(fatal)}: critical, and worse` };
  }
  const worse = named(isWorse);
  const scored = `the score is ${figure(score)}`;
  if (score <= HOLD_ABOVE && worse.length > 0) {
    return { verdict: "rollback", score, reason: `${scored}, not above ${HOLD_ABOVE}, and worse is ${list(worse)}` };
  }
  const open = named((index) => isCritical(index) && verdicts[index]!.result !== "pass");
  if (open.length > 0) {
    return { verdict: "hold", score, reason: `${list(open)}: critical, and did not pass` };
  }
  return score > PROMOTE_ABOVE
    ? { verdict: "promote", score, reason: `${scored}, above ${PROMOTE_ABOVE}` }
    : {
        verdict: "hold",
        score,
        reason:
          score > HOLD_ABOVE
            ? `${scored}, not above ${PROMOTE_ABOVE}`
            : `${scored}, but no metric is shown to be worse: a lack of data moves no traffic`,
      };
}

/** At most three names. */
function list(names: readonly string[]): string {
  const rest = names.length - 3;
  return (
    names.slice(0, 3).join(", ") +
    (rest > 0 ? ` and ${counted(rest, "more metric").replace("more metrics", "more")}` : "")
  );
}
