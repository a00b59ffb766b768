import { scaleLinear, type ScaleLinear } from "d3-scale";
import type { Count, Metric, MetricVerdict, Values } from "../../rollout/judge";
import type { RolloutPlan } from "../../rollout/core/plan";
import { markup, type Markup, type Piece } from "../markup";
import { summaryOf, type Summary } from "../series";
import { table } from "../table";
import { slug, valueText } from "../text";
import { figure, WIDTH } from "./figure";
import { px } from "./path";

const LEFT = 210;
const RIGHT = 740;
const TALL = 46;
const FOOT = 30;
const BOX = 13;
/** Up to so many values each is a dot beside its box. */
const DOTS = 60;

/** What one look of the judge compared of one metric: one entry for each scope. */
export interface Compared {
  look: number;
  stage: string;
  name: string;
  unit?: string;
  scopes: readonly { metric: Metric; verdict: MetricVerdict }[];
}

/** The values of both colors side by side, in each scope. */
export function distributionFigure({ look, stage, name, unit, scopes }: Compared, plan: RolloutPlan): Markup {
  const rows = scopes.map(({ metric, verdict }) => ({
    scope: metric.group ?? "",
    effect: effectText(metric, verdict),
    verdict,
    sides: [
      { color: plan.active, values: numbers(metric.baseline) },
      { color: plan.candidate, values: numbers(metric.candidate) },
    ].map((side) => ({ ...side, summary: summaryOf(side.values) })),
  }));
  const all = rows.flatMap(({ sides }) =>
    sides.flatMap(({ summary }) => (summary === undefined ? [] : [summary.least, summary.most])),
  );
  const [low, high] = [Math.min(...all), Math.max(...all)];
  const x = scaleLinear(all.length === 0 ? [0, 1] : [low, high === low ? low + 1 : high], [LEFT, RIGHT]).nice();
  const height = rows.length * TALL + FOOT;
  const shownUnit = scopes.some(({ metric }) => areCounts(metric)) ? "%" : unit;
  return figure({
    id: `look-${look}-${slug(name)}`,
    title: `${name}${shownUnit === undefined ? "" : `, ${shownUnit}`}: ${plan.candidate} beside ${plan.active}`,
    description: `The values of ${name} that look ${look} compared, during ${stage}. ${rows
      .map(
        ({ scope, sides, verdict }) =>
          `${scope}: ${sides.map(({ color, summary }) => `${color} ${inWords(summary)}`).join(", ")}; ${verdict.result}.`,
      )
      .join(" ")}`,
    height,
    body: [axis(x, rows.length * TALL), rows.map((row, index) => drawn(row, x, index * TALL))],
    note: "Line: lowest to highest. Box: the middle half. Bar: the median. Dots: the values, where they are few.",
    table: table(
      `${name}: the values that were compared`,
      [
        "Where",
        "Color",
        ...["Values", "Lowest", "Lower quartile", "Median", "Upper quartile", "Highest"].map((title) => ({
          title,
          number: true as const,
        })),
      ],
      rows.flatMap(({ scope, sides }) =>
        sides.map(({ color, summary }) => [
          scope,
          color,
          summary?.count ?? 0,
          ...[summary?.least, summary?.lowerQuartile, summary?.median, summary?.upperQuartile, summary?.most].map(
            (value) => valueText(value),
          ),
        ]),
      ),
    ),
  });
}

interface Drawn {
  scope: string;
  effect: string;
  verdict: MetricVerdict;
  sides: readonly { color: string; values: readonly number[]; summary: Summary | undefined }[];
}

function drawn({ scope, effect, sides, verdict }: Drawn, x: ScaleLinear<number, number>, top: number): Piece {
  return markup`<g>
<text class="row-name" x="0" y="${top + 27}">${scope}</text>
${sides.map((side, index) => {
  const middle = top + 12 + index * 19;
  const { summary, color, values } = side;
  const name = markup`<text class="side" x="${LEFT - 10}" y="${middle + 4}" text-anchor="end">${color}</text>`;
  return summary === undefined
    ? markup`${name}<text class="side" x="${LEFT}" y="${middle + 4}">no data</text>`
    : markup`${name}${box(summary, color, x, middle, index === 0)}${values.length <= DOTS ? values.map((value) => markup`<circle class="dot ${color}" cx="${px(x(value))}" cy="${middle}" r="1.5"/>`) : ""}`;
})}
<text class="figure" x="${RIGHT + 16}" y="${top + 20}"><tspan class="strong">${RESULTS[verdict.result]}</tspan><tspan x="${RIGHT + 16}" dy="16">${effect}</tspan></text>
<line class="grid" x1="0" x2="${WIDTH}" y1="${top + TALL - 2}" y2="${top + TALL - 2}"/>
</g>`;
}

function box(
  summary: Summary,
  color: string,
  x: ScaleLinear<number, number>,
  middle: number,
  baseline: boolean,
): Piece {
  const [lower, upper] = [x(summary.lowerQuartile), x(summary.upperQuartile)];
  const size = markup`x="${px(lower)}" y="${middle - BOX / 2}" width="${px(Math.max(1, upper - lower))}" height="${BOX}"`;
  return markup`<line class="whisker ${color}" x1="${px(x(summary.least))}" x2="${px(x(summary.most))}" y1="${middle}" y2="${middle}"/>
<rect class="color ${color} ${baseline ? "pale" : "mild"}" ${size}/>${baseline ? markup`<rect fill="url(#hatch-${color})" ${size}/>` : ""}
<line class="median" x1="${px(x(summary.median))}" x2="${px(x(summary.median))}" y1="${middle - BOX / 2 - 1}" y2="${middle + BOX / 2 + 1}"/>`;
}

function axis(x: ScaleLinear<number, number>, bottom: number): Piece {
  const format = x.tickFormat(6);
  return markup`<g class="axis">${x.ticks(6).map((tick) => markup`<line class="grid" x1="${px(x(tick))}" x2="${px(x(tick))}" y1="0" y2="${bottom}"/><text x="${px(x(tick))}" y="${bottom + 18}" text-anchor="middle">${format(tick)}</text>`)}</g>`;
}

/** What a verdict's results are called in the page. */
export const RESULTS: Readonly<Record<MetricVerdict["result"], string>> = {
  pass: "✓ no worse",
  high: "✗ too high",
  low: "✗ too low",
  inconclusive: "? cannot tell",
  nodata: "? no data",
  error: "! error",
};

/** The difference that a verdict found, in the unit that its values are shown in: proportions as percentages. */
export function differenceOf(
  metric: Metric | undefined,
  { effect, interval }: MetricVerdict,
): { effect: string; interval: string } {
  const counts = metric !== undefined && areCounts(metric);
  const shown = (value: number) => valueText(counts ? 100 * value : value, counts ? "%" : undefined);
  return {
    effect: effect === null ? "–" : `${effect > 0 ? "+" : ""}${shown(effect)}`,
    interval: interval === null ? "–" : `${shown(interval[0])} to ${shown(interval[1])}`,
  };
}

function effectText(metric: Metric, verdict: MetricVerdict): string {
  const { effect, interval } = differenceOf(metric, verdict);
  return verdict.effect === null ? "" : verdict.interval === null ? effect : `${effect} (${interval})`;
}

function inWords(summary: Summary | undefined): string {
  return summary === undefined
    ? "no data"
    : `median ${valueText(summary.median)}, between ${valueText(summary.least)} and ${valueText(summary.most)}, ${summary.count} values`;
}

function areCounts({ baseline, candidate }: Metric): boolean {
  return [baseline, candidate].some(
    (values) => !Array.isArray(values) || values.some((value) => typeof value === "object" && value !== null),
  );
}

/** Values as numbers; counts as percentages. */
function numbers(values: Values): number[] {
  const list: readonly (number | Count | null)[] = Array.isArray(values) ? values : [values as Count];
  return list.flatMap((value) =>
    value === null
      ? []
      : typeof value === "number"
        ? [value]
        : value.total > 0
          ? [(100 * value.events) / value.total]
          : [],
  );
}
