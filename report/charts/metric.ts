import { scaleLinear, type ScaleLinear } from "d3-scale";
import type { Condition } from "../../stacks/config/rollout/condition";
import { TOTAL, type RolloutPlan } from "../../rollout/core/plan";
import type { History } from "../seen";
import { markup, type Markup, type Piece } from "../markup";
import { summaryOf, thin, within, type Point, type Series, type Summary } from "../series";
import { table } from "../table";
import { momentText, slug, valueText } from "../text";
import { figure } from "./figure";
import { pathOf, px } from "./path";
import { PLOT, type TimeFrame } from "./timeFrame";

const TALL = 52;
const GAP = 16;
/**
 * How many units of a drawing share their extremes: more of them where a page has many lines, so that it stays below some 1.5 MB.
 *
 * @param lines - Of all charts of the page.
 */
export function columnFor(lines: number): number {
  return Math.max(2, Math.ceil(lines / 40));
}

/** Up to so many values each is a dot. */
const DOTS = 60;

/** A metric as a chart shows it. */
export interface MetricChart {
  metric: string;
  /** Of both colors where both were sampled, in all scopes. */
  series: readonly Series[];
  unit?: string;
  /** See {@link columnFor}. */
  column: number;
}

/** The conditions of a plan on a metric, each once: what gates ask of the candidate, and what triggers act on. */
export function conditionsOn(
  plan: RolloutPlan,
  metric: string,
): { text: string; condition: Condition; wanted: boolean }[] {
  const gates = plan.stages.flatMap((stage) => stage.gates.filter(({ color }) => color === plan.candidate));
  const all = [
    ...gates.map(({ text, condition }) => ({ text, condition, wanted: true })),
    ...plan.triggers.map(({ text, condition }) => ({ text, condition, wanted: false })),
  ].filter(({ condition }) => condition.metric === metric);
  return [...new Map(all.map((each) => [each.text, each])).values()];
}

/** A metric over time: a row for each region, and one for the total. */
export function metricFigure(chart: MetricChart, history: History, frame: TimeFrame): Markup {
  const { plan } = history.state;
  const { metric, unit } = chart;
  const shown = chart.series.map((series) => clipped(series, frame)).filter(({ at }) => at.length > 0);
  const scopes = [...new Set(shown.map(({ scope }) => scope))].sort(byScope);
  const limits = conditionsOn(plan, metric).filter(({ condition }) => !condition.baseline);
  const y = scaleOf(
    shown,
    limits.map(({ condition }) => condition.limit),
  );
  const lowIsBad = conditionsOn(plan, metric).some(
    ({ condition, wanted }) => condition.comparison.startsWith(">") === wanted,
  );
  const height = scopes.length * (TALL + GAP);
  const rows = scopes.map((scope, index) => {
    const top = frame.top + index * (TALL + GAP) + GAP / 2;
    const own = shown.filter((series) => series.scope === scope);
    return row({ scope, own, top, y: y.copy().range([top + TALL, top]), chart, plan, frame, limits, lowIsBad });
  });
  const colors = [...new Set(shown.map(({ color }) => color))];
  return figure({
    id: `metric-${slug(metric)}`,
    title: unit === undefined ? metric : `${metric}, ${unit}`,
    description: `${metric} over time${unit === undefined ? "" : ` in ${unit}`}, a row for each of ${scopes.join(", ")}. ${shown.map((series) => sentence(series, unit)).join(" ")}`,
    height: frame.height(height),
    body: [frame.ground(height), rows],
    note: markup`${colors.length > 1 ? `Solid: ${plan.candidate}, the candidate; dashed: ${plan.active}.` : `Of ${colors[0] ?? plan.candidate}${colors[0] === plan.candidate ? ", the candidate" : ", active before"}.`}${
      limits.length === 0
        ? ""
        : ` Limits, dotted: ${limits.map(({ text, wanted }) => `${text} (${wanted ? "gate" : "trigger"})`).join(", ")}.`
    }`,
    table: metricTable(chart, history),
  });
}

function clipped(series: Series, frame: TimeFrame): Series {
  const first = series.at.findIndex((at, index) => at >= frame.from && !Number.isNaN(series.values[index]));
  return first < 0
    ? { ...series, at: [], values: [] }
    : { ...series, at: series.at.slice(first), values: series.values.slice(first) };
}

/** Regions by name, the total last. */
function byScope(one: string, other: string): number {
  return Number(one === TOTAL) - Number(other === TOTAL) || one.localeCompare(other);
}

/** From 0 where that does not flatten the line, up to what was seen and to the nearest limit. */
function scaleOf(shown: readonly Series[], limits: readonly number[]): ScaleLinear<number, number> {
  let [low, high] = [Infinity, -Infinity];
  for (const value of shown.flatMap(({ values }) => values)) {
    low = value < low ? value : low;
    high = value > high ? value : high;
  }
  if (!Number.isFinite(low)) {
    [low, high] = [0, 1];
  }
  const above = Math.min(...limits.filter((limit) => limit >= high));
  const below = Math.max(...limits.filter((limit) => limit <= low));
  high = Number.isFinite(above) && limits.length > 0 ? above : high;
  low = Number.isFinite(below) && !Number.isFinite(above) ? below : low;
  if (low > 0 && low < high * 0.6) {
    low = 0;
  }
  return scaleLinear([low, high === low ? low + 1 : high + (high - low) * 0.08], [0, 1]);
}

interface Row {
  scope: string;
  own: readonly Series[];
  top: number;
  y: ScaleLinear<number, number>;
  chart: MetricChart;
  plan: RolloutPlan;
  frame: TimeFrame;
  limits: readonly { text: string; condition: Condition }[];
  lowIsBad: boolean;
}

function row(shown: Row): Piece {
  const { scope, own, top, y, chart, plan, frame, limits, lowIsBad } = shown;
  const bottom = top + TALL;
  const candidate = own.find(({ color }) => color === plan.candidate) ?? own[0]!;
  const [low, high] = y.domain() as [number, number];
  const ticks = y.ticks(2);
  const inside = limits.filter(({ condition: { limit } }) => limit >= low && limit <= high);
  return markup`<g>
<text class="row-name" x="0" y="${px(top + TALL / 2 + 4)}">${scope === TOTAL ? "all regions" : scope}</text>
<line class="base" x1="${PLOT.left}" x2="${PLOT.right}" y1="${px(bottom)}" y2="${px(bottom)}"/>
${ticks.map((tick) => markup`<text class="tick" x="${PLOT.left - 6}" y="${px(y(tick) + 3)}" text-anchor="end">${valueText(tick)}</text><line class="grid" x1="${PLOT.left}" x2="${PLOT.right}" y1="${px(y(tick))}" y2="${px(y(tick))}"/>`)}
${inside.map(({ text, condition: { limit } }) => markup`<line class="limit" x1="${PLOT.left}" x2="${PLOT.right}" y1="${px(y(limit))}" y2="${px(y(limit))}"><title>${text}</title></line>`)}
${own.map((series) => line(series, shown))}
${peak(candidate, y, frame, lowIsBad)}
${figures(candidate, chart.unit, top, lowIsBad)}
</g>`;
}

function line({ color, at, values }: Series, { y, frame, chart, plan }: Row): Piece {
  const candidate = color === plan.candidate;
  const points: Point[] = at.map((moment, index) => ({
    x: frame.x(moment),
    y: Number.isNaN(values[index]) ? NaN : y(values[index]!),
  }));
  const known = points.filter((point) => !Number.isNaN(point.y));
  const lines = thin(points, chart.column);
  const alone = known.length <= DOTS ? known : lines.filter(({ length }) => length === 1).flat();
  return markup`<path class="line ${color} ${candidate ? "candidate" : "baseline"}" d="${pathOf(lines)}"/>${alone.map((point) => markup`<circle class="dot ${color}" cx="${px(point.x)}" cy="${px(point.y)}" r="${known.length < 10 ? 3 : 1.8}"/>`)}`;
}

/** The value that is nearest to failing. */
function extreme({ values }: Series, lowIsBad: boolean): number | undefined {
  let found: number | undefined;
  values.forEach((value, index) => {
    if (!Number.isNaN(value) && (found === undefined || (lowIsBad ? value < values[found]! : value > values[found]!))) {
      found = index;
    }
  });
  return found;
}

function peak(series: Series, y: ScaleLinear<number, number>, frame: TimeFrame, lowIsBad: boolean): Piece {
  const index = extreme(series, lowIsBad);
  return index === undefined
    ? ""
    : markup`<circle class="peak ${series.color}" cx="${px(frame.x(series.at[index]!))}" cy="${px(y(series.values[index]!))}" r="3.5"/>`;
}

function figures(series: Series, unit: string | undefined, top: number, lowIsBad: boolean): Piece {
  const index = extreme(series, lowIsBad);
  const summary = summaryOf(series.values.filter((value) => !Number.isNaN(value)));
  const x = PLOT.right + 12;
  return index === undefined || summary === undefined
    ? markup`<text class="figure" x="${x}" y="${px(top + 30)}">no data</text>`
    : markup`<text class="figure" x="${x}" y="${px(top + 20)}"><tspan class="strong">${lowIsBad ? "lowest" : "highest"} ${valueText(series.values[index], unit === "%" ? "%" : undefined)}</tspan><tspan x="${x}" dy="16">median ${valueText(summary.median, unit === "%" ? "%" : undefined)}</tspan></text>`;
}

function sentence(series: Series, unit: string | undefined): string {
  const summary = summaryOf(series.values.filter((value) => !Number.isNaN(value)));
  const who = `${series.color} in ${series.scope === TOTAL ? "all regions together" : series.scope}`;
  return summary === undefined
    ? `${who}: no data.`
    : `${who}: between ${valueText(summary.least, unit)} and ${valueText(summary.most, unit)}, median ${valueText(summary.median, unit)}, ${summary.count} samples from ${momentText(series.at[0]!)}.`;
}

/** What a chart shows, stage by stage. */
function metricTable({ series, unit, metric }: MetricChart, history: History): Markup {
  const rows = history.runs
    .filter(({ from }) => from !== undefined)
    .flatMap((run) =>
      series.flatMap((each) => {
        const summary = summaryOf(within(each, run.from!, run.to ?? history.to));
        return summary === undefined
          ? []
          : [figuresOf(`${run.number} ${run.stage.name}${run.attempt > 1 ? ` (${run.attempt})` : ""}`, each, summary)];
      }),
    );
  const number = (title: string) => ({ title, number: true as const });
  return table(
    `${metric}${unit === undefined ? "" : `, ${unit}`}: samples taken in each stage`,
    ["Stage", "Where", "Color", number("Samples"), number("Lowest"), number("Median"), number("Highest")],
    rows,
  );
}

function figuresOf(stage: string, { scope, color }: Series, { count, least, median, most }: Summary): Piece[] {
  return [stage, scope, color, count, valueText(least), valueText(median), valueText(most)];
}
