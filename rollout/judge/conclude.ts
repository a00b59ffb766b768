import { normalReached, studentReached } from "./distributions";
import { figure, percent, pText } from "./text";
import { POWER } from "./power";
import type { Evidence, Metric, MetricVerdict, Test } from "./types";

/**
 * What a metric says, with all its tests corrected.
 *
 * @param adjusted - The corrected p-values of the evidence's tests.
 * @param alpha - Of the look.
 * @param family - How many tests the look has.
 */
export function conclude(
  metric: Metric,
  evidence: Evidence,
  adjusted: readonly number[],
  alpha: number,
  family: number,
): MetricVerdict {
  const found = strongest(evidence.tests, adjusted, alpha);
  const main = evidence.tests[found ?? mainTest(evidence.tests, adjusted)]!;
  const p = adjusted[evidence.tests.indexOf(main)]!;
  const { power } = evidence;
  const visible = power.visible(studentReached(alpha / family / 2, power.degrees), normalReached(1 - POWER));
  const say = (result: MetricVerdict["result"], reason: string): MetricVerdict => ({
    name: metric.name,
    result,
    detector: main.detector,
    pValue: evidence.pValue,
    adjustedPValue: p,
    effect: evidence.effect,
    interval: evidence.interval ?? null,
    reason: `${evidence.figures}: ${reason}`,
  });
  const difference = differenceText(evidence, main.detector);
  const corrected = `corrected ${pText(p)}`;

  if (found !== undefined) {
    const what = main.finding?.() ?? difference;
    return say(main.side, `${what}; hardly by chance (${corrected}, limit ${figure(alpha)})`);
  }
  if (p <= alpha) {
    return say("pass", `${difference}: the good direction`);
  }
  if (visible > power.needed) {
    const reach = Number.isFinite(visible) ? `nothing below ${power.text(visible)}` : "nothing at all";
    return say("inconclusive", `too few to pass: ${power.samples}; they can show ${reach}`);
  }
  if (evidence.beyondLimit !== undefined) {
    return say("inconclusive", `${evidence.beyondLimit}; that may be chance (${corrected})`);
  }
  return say(
    "pass",
    `${main.finding?.() ?? `no difference shown, ${difference}`} (${corrected}); ${power.text(visible)} would be seen`,
  );
}

/** The bad finding that is certain enough; one that can roll back goes before those that cannot. */
function strongest(tests: readonly Test[], adjusted: readonly number[], alpha: number): number | undefined {
  const found = [...tests.keys()].filter((index) => tests[index]!.bad && adjusted[index]! <= alpha);
  return found.sort(
    (one, other) =>
      Number(canRollBack(tests[other]!)) - Number(canRollBack(tests[one]!)) || adjusted[one]! - adjusted[other]!,
  )[0];
}

/** Whether a finding says that the candidate is worse, and not only that its values have another shape. */
export function canRollBack({ detector }: Pick<MetricVerdict, "detector">): boolean {
  return detector === "location" || detector === "proportion";
}

/** Of the tests of all values the one that comes closest to a finding; with a limit on both sides there are two. */
function mainTest(tests: readonly Test[], adjusted: readonly number[]): number {
  const own = [...tests.keys()].filter((index) => canRollBack(tests[index]!));
  return own.reduce((best, index) => (adjusted[index]! < adjusted[best]! ? index : best));
}

function differenceText({ effect, interval }: Evidence, detector: Test["detector"]): string {
  const points = (value: number) => percent(value).replace(" %", " points");
  const format = detector === "proportion" ? points : figure;
  const range = interval === undefined ? "" : ` (between ${format(interval[0])} and ${format(interval[1])})`;
  return `${format(Math.abs(effect))} ${effect < 0 ? "lower" : "higher"}${range}`;
}
