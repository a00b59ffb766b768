import { otherColor, type Color } from "../../stacks/config/fields";
import type { RolloutConfig } from "../../stacks/config/rollout";
import { comparedIn, isJudged } from "../core/judged";
import { TOTAL, type Gate, type RolloutPlan, type WatchedStage } from "../core/plan";
import { detectableRate, lookAlpha } from "../judge";
import { shareIn } from "../stage";
import { windowOf } from "./window";

/** A minimum of requests that a gate needs before its value says something. */
export interface Minimum {
  /** The gate, as written. */
  gate: string;
  metric: string;
  color: Color;
  minRequests: number;
  /** Length of the window that they are counted in, seconds. */
  windowSeconds: number;
  /** How many to expect in a window. */
  expected: number;
  /** Whether the stage can be covered within its `maxSoak`. */
  reachable: boolean;
}

/** What to expect of one stage in one region, or in total, in a quiet minute after the other. */
export interface Expectation {
  stage: string;
  scope: string;
  /** Requests of the candidate while the stage is watched. */
  requests: number;
  /** The smallest rise of the error rate that these requests could show, percentage points, above 0.1 % of errors; undefined where none could, or nothing is compared. */
  detectable?: number;
  /** For each gate with `minRequests`. */
  minimums: Minimum[];
}

/** Part of the requests that fail while nothing is wrong: the strategy's 99.9 %. */
const ORDINARY = 0.001;

/**
 * What each watched stage of a plan has to judge by, in each region that serves and in total. A stage whose minimum is not
 * reachable would hold at its `maxSoak`, whatever the release is like. Pure.
 *
 * @param requestsPerMinute - Of all regions together, in a quiet minute.
 */
export function expectations(
  plan: RolloutPlan,
  { metrics }: Pick<RolloutConfig, "metrics">,
  requestsPerMinute: number,
): Expectation[] {
  return plan.stages
    .filter(({ soakSeconds }) => soakSeconds > 0)
    .flatMap((stage) =>
      [...Object.keys(plan.regions), TOTAL].map((scope): Expectation => {
        const share = {
          candidate: part(plan, stage, plan.candidate, scope),
          active: part(plan, stage, plan.active, scope),
        };
        const requests = (color: "candidate" | "active") =>
          (requestsPerMinute * loadOf(plan, stage, requestsPerMinute) * share[color] * stage.soakSeconds) / 60;
        const detectable = plan.rolling
          ? undefined
          : smallestRise(plan, stage, requests("candidate"), requests("active"));
        return {
          stage: stage.name,
          scope,
          requests: requests("candidate"),
          ...(detectable === undefined ? {} : { detectable }),
          minimums: stage.gates.flatMap((gate) => minimumsOf(plan, metrics, requestsPerMinute, stage, gate, scope)),
        };
      }),
    );
}

/**
 * The smallest rise of the error rate that the judge could see in so many requests, percentage points: in four of five releases
 * with it. In a stage that is judged it shares the alpha of the look with every other test, about two for each comparison.
 */
function smallestRise(plan: RolloutPlan, stage: WatchedStage, candidate: number, baseline: number): number | undefined {
  const { judge } = plan;
  const shared =
    judge !== undefined && isJudged(stage, judge)
      ? { alpha: lookAlpha({ ...judge, look: 1 }), tests: 2 * comparedIn(plan, stage, new Map()).length }
      : {};
  const rate = detectableRate({ candidate, baseline, baselineRate: ORDINARY, ...shared });
  return rate === undefined ? undefined : 100 * (rate - ORDINARY);
}

/** The minimums that no stage can reach, in sentences: the plan is refused for each. */
export function unreachableMinimums(expected: readonly Expectation[]): string[] {
  return expected.flatMap(({ stage, scope, minimums }) =>
    minimums
      .filter(({ reachable }) => !reachable)
      .map(
        ({ gate, metric, color, minRequests, windowSeconds, expected: count }) =>
          `${stage}, ${scope}: ${gate} needs ${minRequests} of ${color} in ${windowSeconds} s (cutover:rollout.metrics.${metric}.minRequests), ` +
          `and about ${Number(count.toPrecision(3))} come; it needs a larger share, a longer window or a longer maxSoak`,
      ),
  );
}

function minimumsOf(
  plan: RolloutPlan,
  metrics: RolloutConfig["metrics"],
  requestsPerMinute: number,
  stage: WatchedStage,
  { text, condition, color }: Gate,
  scope: string,
): Minimum[] {
  const { requests, minRequests, ...metric } = metrics[condition.metric]!;
  const judged = plan.wanted.find((each) => each.metric === condition.metric && each.color === color);
  if (requests === undefined || minRequests === undefined || judged?.scopes.includes(scope) !== true) {
    return [];
  }
  const windowSeconds = windowOf(metric, plan.intervalSeconds);
  const perMinute = (metrics[requests]!.perMinute ?? requestsPerMinute) * loadOf(plan, stage, requestsPerMinute);
  const colors = condition.baseline ? [color, otherColor(color)] : [color];
  return colors.flatMap((each): Minimum[] => {
    const rate = (perMinute * part(plan, stage, each, scope)) / 60;
    // A region that the candidate does not serve in yet is not judged.
    return each === plan.candidate && rate === 0
      ? []
      : [
          {
            gate: text,
            metric: condition.metric,
            color: each,
            minRequests,
            windowSeconds,
            expected: rate * windowSeconds,
            reachable: covered(rate, windowSeconds, minRequests, stage),
          },
        ];
  });
}

/** How many times the users' requests there are in a stage: behind the maintenance page, only those of a load generator. */
function loadOf({ syntheticPerMinute }: RolloutPlan, { page }: WatchedStage, requestsPerMinute: number): number {
  return page === true && syntheticPerMinute !== undefined ? syntheticPerMinute / requestsPerMinute : 1;
}

/** The part of all requests that a color gets in a scope once a stage is applied, 0 to 1. */
function part(plan: RolloutPlan, stage: WatchedStage, color: Color, scope: string): number {
  const regions = scope === TOTAL ? Object.keys(plan.regions) : [scope];
  return regions.reduce((sum, region) => {
    const share = plan.rolling ? 100 : shareIn(stage, region);
    return sum + (plan.regions[region]! / 100) * ((color === plan.candidate ? share : 100 - share) / 100);
  }, 0);
}

/**
 * Whether enough windows hold enough requests. Requests come by chance: of the windows, only a part has the least. And the
 * first of them has to be collected, as far as a window reaches.
 */
function covered(
  rate: number,
  windowSeconds: number,
  least: number,
  { soakSeconds, maxSoakSeconds }: WatchedStage,
): boolean {
  const conclusive = atLeast(least, rate * windowSeconds);
  const first = rate === 0 ? Infinity : Math.min(windowSeconds, least / rate);
  return first + soakSeconds / conclusive <= maxSoakSeconds;
}

/** The probability of at least so many events where `mean` are expected: Poisson. Exported for its test. */
export function atLeast(least: number, mean: number): number {
  if (mean === 0) {
    return least === 0 ? 1 : 0;
  }
  let below = 0;
  let logarithm = -mean;
  for (let count = 0; count < least; count += 1) {
    below += Math.exp(logarithm);
    logarithm += Math.log(mean) - Math.log(count + 1);
  }
  return Math.max(0, 1 - below);
}
