import type { History } from "../seen";
import { columnFor, metricFigure } from "../charts/metric";
import { TimeFrame } from "../charts/timeFrame";
import { weightsFigure } from "../charts/weights";
import { markup, type Markup } from "../markup";
import { marksOf, SIGNS } from "../marks";
import { seriesOf, type Series } from "../series";
import { details, table } from "../table";
import { moment } from "../text";
import type { ReportOptions } from "..";

/** Weights and metrics over time. What no gate of a shift asks for is behind a fold: triggers watch it. */
export function chartsSection(history: History, { units = {} }: ReportOptions): Markup {
  const { plan } = history.state;
  const frame = new TimeFrame(history);
  const series = seriesOf(history.records);
  const { rollback, hold } = history.state;
  const rule = (rollback ?? hold)?.evidence?.rule;
  // What decided comes first; a rule begins with its metric.
  const gated = new Set([
    ...(rule === undefined ? [] : [rule.split(" ")[0]!]),
    ...plan.stages
      .filter(({ kind }) => kind === "shift" || kind === "validate")
      .flatMap(({ gates }) => gates.map(({ condition }) => condition.metric)),
    ...(plan.judge?.metrics ?? []).flatMap(({ of }) => ("metric" in of ? [of.metric] : [])),
  ]);
  const said = [...series].filter(([, all]) => all.some((each) => saysAfter(each, frame.from)));
  const column = columnFor(said.reduce((sum, [, all]) => sum + all.length, 0));
  const chart = ([metric, all]: [string, Series[]]) =>
    metricFigure(
      { metric, series: all, column, ...(units[metric] === undefined ? {} : { unit: units[metric] }) },
      history,
      frame,
    );
  const main = [...gated].flatMap((metric) => said.filter(([name]) => name === metric));
  const others = said.filter(([metric]) => !gated.has(metric));
  const silent = [...series.keys()].filter((metric) => !said.some(([name]) => name === metric));
  return markup`<section aria-labelledby="timeline"><h2 id="timeline">Over time</h2>
<p>${frame.from === history.from ? "The whole rollout" : `From the stage that first gave ${plan.candidate} requests to the end`}. Bands are stages, with their number. Hatched in yellow: it held. Signs: ${Object.values(
    SIGNS,
  )
    .map(({ sign, means }) => `${sign} ${means}`)
    .join(", ")}.</p>
${plan.rolling ? "" : weightsFigure(history, frame)}
${main.map(chart)}
${others.length === 0 ? "" : markup`<div class="more">${details(`More metrics: ${others.map(([metric]) => metric).join(", ")}`, others.map(chart))}</div>`}
${silent.length === 0 ? "" : markup`<p class="note">Asked for, and never answered in this time: ${silent.join(", ")}.</p>`}
${events(history)}</section>`;
}

function saysAfter({ at, values }: Series, from: number): boolean {
  return values.some((value, index) => !Number.isNaN(value) && at[index]! >= from);
}

/** The marks of the charts, as a list. */
function events(history: History): Markup {
  const marks = marksOf(history);
  return marks.length === 0
    ? markup``
    : table(
        "What the charts mark, and what came before them",
        ["When (UTC)", "What", "Sign"],
        marks.map(({ at, text, sign, kind }) => [moment(at), text, `${sign} ${SIGNS[kind].means}`]),
      );
}
