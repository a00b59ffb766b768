import { durationText } from "../../rollout/duration";
import { directionOf } from "../../rollout/messages";
import type { History } from "../seen";
import { markup, type Markup, type Piece } from "../markup";
import { outcomeText, STANDINGS, standingOf } from "../outcome";
import { counted, moment } from "../text";
import type { ReportOptions } from "..";

/** The head of the page: what came of it, in a sentence and a few figures. */
export function headerSection(history: History, { note }: ReportOptions): Markup {
  const { state, started, runs, from, to } = history;
  const { plan } = state;
  const { sign, word, tone } = STANDINGS[standingOf(history)];
  const samples = history.records.filter(({ type }) => type === "sampled").length;
  const passed = new Set(runs.filter(({ end }) => end === "passed").map(({ number }) => number)).size;
  const changed = runs
    .flatMap(({ effects }) => effects)
    .reduce((sum, { end }) => sum + (end?.type === "effect-done" ? end.changed.length : 0), 0);
  return markup`<header>
<p class="eyebrow">Rollout report</p>
<h1>${plan.release} on ${plan.stack} <span class="standing ${tone}"><span aria-hidden="true">${sign}</span> ${word}</span></h1>
<p class="lead">${outcomeText(history)}</p>
${note === undefined ? "" : markup`<p class="banner">${note}</p>`}
<dl class="tiles">
${tile("From", markup`${moment(from)} UTC`)}
${tile("Took", durationText((to - from) / 1000))}
${tile("Stages passed", `${passed} of ${plan.stages.length}`)}
${tile("Changes", counted(changed, "resource"))}
${tile("Samples", samples.toLocaleString("en"))}
${tile("Approvals", String(history.records.filter(({ type }) => type === "approved").length))}
</dl>
<p class="note">Rollout ${state.id}, plan ${plan.plan}, ${directionOf(plan)}, begun by ${started.by}. Plan digest <code>${state.digest.slice(0, 12)}</code>. All times are UTC.</p>
</header>`;
}

function tile(name: string, value: Piece): Markup {
  return markup`<div><dt>${name}</dt><dd>${value}</dd></div>`;
}
