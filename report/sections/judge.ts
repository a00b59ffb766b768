import { differenceOf, distributionFigure, RESULTS, type Compared } from "../charts/distribution";
import type { History, Look } from "../seen";
import { markup, type Markup, type Piece } from "../markup";
import { details, table } from "../table";
import { moment, valueText } from "../text";
import type { ReportOptions } from "..";

const TONES = { promote: "passed", hold: "waived", rollback: "violated" } as const;
const SIGNS = { promote: "✓", hold: "●", rollback: "✗" } as const;
const number = (title: string) => ({ title, number: true as const });

/** What the judge said, look by look, with what it compared. */
export function judgeSection(history: History, options: ReportOptions): Markup {
  const { judge, active, candidate } = history.state.plan;
  if (judge === undefined) {
    return markup`<section aria-labelledby="judge"><h2 id="judge">The judge</h2>
<p>This plan has no judge: ${candidate} was held against fixed limits, and was not compared with ${active}.</p></section>`;
  }
  const looks = history.runs.flatMap((run) => run.looks);
  return markup`<section aria-labelledby="judge"><h2 id="judge">The judge</h2>
<p>${candidate} compared with ${active} over the same time. In a rollout in which they do not differ, any false alarm, over all metrics, places and up to ${judge.looks} looks, has a probability of ${100 * judge.alpha} %.</p>
${looks.length === 0 ? markup`<p>It never looked: no stage in which both colors have requests came to its end.</p>` : ""}
${looks.map((look, index) => lookArticle(look, history, options, index === looks.length - 1))}</section>`;
}

function lookArticle(
  { record, verdict, metrics }: Look,
  history: History,
  { units = {} }: ReportOptions,
  last: boolean,
): Piece {
  const { plan } = history.state;
  const rows = verdict.metrics.map((each, index) => [
    each.name,
    metrics[index]?.group ?? "",
    markup`<span class="badge ${each.result === "pass" ? "passed" : each.result === "high" || each.result === "low" ? "violated" : "undetermined"}">${RESULTS[each.result]}</span>`,
    differenceOf(metrics[index], each).effect,
    differenceOf(metrics[index], each).interval,
    each.adjustedPValue === null ? "–" : valueText(each.adjustedPValue),
    each.reason,
  ]);
  const compared = new Map<string, Compared & { scopes: Compared["scopes"][number][] }>();
  verdict.metrics.forEach((each, index) => {
    const metric = metrics[index];
    if (metric !== undefined) {
      const of = plan.judge?.metrics.find(({ name }) => name === each.name)?.of;
      const unit = of !== undefined && "metric" in of ? units[of.metric] : undefined;
      const group = compared.get(each.name) ?? {
        look: record.look,
        stage: record.stage,
        name: each.name,
        ...(unit === undefined ? {} : { unit }),
        scopes: [],
      };
      compared.set(each.name, group);
      group.scopes.push({ metric, verdict: each });
    }
  });
  return markup`<div class="stage">${details(
    markup`<h3>Look ${record.look}, ${record.stage} <span class="badge ${TONES[verdict.verdict]}"><span aria-hidden="true">${SIGNS[verdict.verdict]}</span> ${verdict.verdict}</span> <span class="title">score ${valueText(verdict.score)}, ${moment(record.at)}</span></h3>`,
    [
      table(
        `Look ${record.look}: what it says of each metric, in each place`,
        ["Metric", "Where", "Result", number("Difference"), number("Interval"), number("p, adjusted"), "Why"],
        rows,
      ),
      [...compared.values()].map((each) => distributionFigure(each, plan)),
    ],
    last || verdict.verdict !== "promote",
  )}</div>`;
}
