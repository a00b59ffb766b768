import { judgeLook, type Count, type Metric, type MetricVerdict, type Verdict } from "../judge";
import { shareIn } from "../stage";
import { TOTAL, type JudgedMetric, type JudgePlan, type RolloutPlan, type WatchedStage } from "./plan";
import type { Evidence } from "./records";
import type { Sample } from "./sample";

/** How often a stage is looked at: when it is covered, and once more at its `maxSoak` when it had seen too little. */
export const LOOKS_PER_STAGE = 2;

/** Whether the candidate is compared in a stage: while both colors have requests, and the candidate has enough. */
export function isJudged(
  { kind, soakSeconds, share, regionShares = {} }: WatchedStage,
  judge: Pick<JudgePlan, "from"> | undefined,
): boolean {
  const most = Math.max(share, ...Object.values(regionShares));
  return judge !== undefined && kind === "shift" && soakSeconds > 0 && share < 100 && most >= judge.from;
}

/** The values of judged metrics in a stage, by `metric color scope`, in time order; `null` where a sample said nothing. */
export type Series = Map<string, (number | null)[]>;

/**
 * Adds what a sample says of each metric, once in a window: windows that overlap are about the same requests.
 *
 * @param since - When the stage began to be watched.
 * @param before - When the sample before was taken; `since` for the first one.
 */
export function collect(
  series: Series,
  { judge, wanted }: RolloutPlan,
  { at, readings }: Sample,
  since: number,
  before: number,
): void {
  const windows = (moment: number, seconds: number) => Math.floor((moment - since) / (1000 * seconds));
  const due = new Set(
    judge?.metrics
      .filter(({ windowSeconds }) => windows(at, windowSeconds) > windows(before, windowSeconds))
      .flatMap(({ of }) => Object.values(of)),
  );
  if (due.size === 0) {
    return;
  }
  const values = new Map(
    readings.map(({ metric, color, scope, value, silence }) => [
      `${metric} ${color} ${scope}`,
      silence === undefined ? value : undefined,
    ]),
  );
  for (const { metric, color, scopes } of wanted.filter((each) => due.has(each.metric))) {
    for (const scope of scopes) {
      const key = `${metric} ${color} ${scope}`;
      const value = values.get(key);
      const list = series.get(key) ?? [];
      list.push(value === undefined || !Number.isFinite(value) ? null : value);
      series.set(key, list);
    }
  }
}

/** Judges one look at a stage. Pure. @param look - Which look of the rollout it is, from 1. */
export function judgeStage(plan: RolloutPlan, stage: WatchedStage, series: Series, look: number): Verdict {
  const { alpha, looks } = plan.judge!;
  return judgeLook({ look, looks, alpha, metrics: comparedIn(plan, stage, series) });
}

/** What a look at a stage compares: each metric in each scope, in the order of the verdict. */
export function comparedIn(plan: RolloutPlan, stage: WatchedStage, series: Series): Metric[] {
  return plan.judge!.metrics.flatMap((metric) => inEachScope(plan, stage, series, metric));
}

function inEachScope(plan: RolloutPlan, stage: WatchedStage, series: Series, metric: JudgedMetric): Metric[] {
  const { name, of, worse, maxRatio, weight, critical, scope: where } = metric;
  const scopes = plan.wanted.find((each) => each.metric === Object.values(of)[0])?.scopes ?? [];
  return scopes
    .filter((scope) => where === "both" || (scope === TOTAL) === (where === "total"))
    .filter((scope) => scope === TOTAL || (shareIn(stage, scope) > 0 && shareIn(stage, scope) < 100))
    .map((group) => ({
      name,
      group,
      worse,
      weight,
      critical,
      uneven: stage.share !== 50,
      ...(maxRatio === undefined ? {} : { maxRatio }),
      baseline: valuesOf(series, of, plan.active, group),
      candidate: valuesOf(series, of, plan.candidate, group),
    }));
}

function valuesOf(
  series: Series,
  of: JudgedMetric["of"],
  color: string,
  scope: string,
): (number | null)[] | (Count | null)[] {
  const values = (metric: string) => series.get(`${metric} ${color} ${scope}`) ?? [];
  if ("metric" in of) {
    return values(of.metric);
  }
  const totals = values(of.total);
  return values(of.events).map((events, index) => {
    const total = totals[index] ?? null;
    return events === null || total === null || total <= 0
      ? null
      : { events: Math.min(Math.round(events), Math.round(total)), total: Math.round(total) };
  });
}

/** Whether a verdict holds only for want of samples: time may mend that. */
export function sawTooLittle({ verdict, metrics }: Verdict): boolean {
  return (
    verdict === "hold" &&
    metrics.every(({ result }) => result === "pass" || result === "inconclusive" || result === "nodata")
  );
}

/** A verdict in a sentence: what spoke most against the candidate, and where. */
export function reasonOf(verdict: Verdict, plan: RolloutPlan, stage: WatchedStage, series: Series): string {
  const order = ["high", "low", "error", "nodata", "inconclusive", "pass"];
  const scopes = scopesOf(plan, stage, series);
  const [worst] = verdict.metrics
    .map((metric, index) => ({ ...metric, scope: scopes[index]! }))
    .sort((one, other) => order.indexOf(one.result) - order.indexOf(other.result));
  const why = worst === undefined ? "nothing was compared" : `${worst.name} in ${worst.scope}: ${worst.reason}`;
  return `the judge says ${verdict.verdict} (score ${verdict.score.toFixed(2)}): ${why}`;
}

/** Where each metric of a verdict was compared, in its order. */
function scopesOf(plan: RolloutPlan, stage: WatchedStage, series: Series): string[] {
  return plan.judge!.metrics.flatMap((metric) => inEachScope(plan, stage, series, metric).map(({ group }) => group!));
}

/** What a verdict rests on, metric by metric. */
export function evidenceOf(
  verdict: Verdict,
  plan: RolloutPlan,
  stage: WatchedStage,
  series: Series,
  at: number,
): Evidence[] {
  const scopes = comparedIn(plan, stage, series).map(({ group }) => group!);
  const samples = Math.max(0, ...[...series.values()].map(({ length }) => length));
  return verdict.metrics.map((metric: MetricVerdict, index) => ({
    rule: `judge ${metric.name}: ${metric.result}`,
    scope: scopes[index]!,
    ...(metric.effect === null ? {} : { value: metric.effect }),
    samples,
    at,
  }));
}
