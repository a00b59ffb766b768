import { durationText } from "../../rollout/duration";
import type { Decision } from "../../rollout/core/records";
import type { EffectSeen, GateSeen, History, StageEnd, StageRun } from "../seen";
import { markup, type Markup, type Piece } from "../markup";
import { details, table } from "../table";
import { counted, joined, moment, valueText } from "../text";
import type { ReportOptions } from "..";

const ENDS: Readonly<Record<StageEnd, { sign: string; word: string; tone: string }>> = {
  passed: { sign: "✓", word: "passed", tone: "passed" },
  "stepped-back": { sign: "◀", word: "one stage back", tone: "waived" },
  "rolled-back": { sign: "✗", word: "rolled back", tone: "violated" },
  open: { sign: "○", word: "not ended", tone: "open" },
};

const number = (title: string) => ({ title, number: true as const });

/** The stages at a glance. */
export function overviewSection(history: History): Markup {
  const { runs, undone, state, from, to } = history;
  const rows = runs.map((run) => [
    markup`<a href="#${idOf(run)}">${run.number}. ${nameOf(run)}</a>`,
    run.stage.kind === "shift" ? `${run.stage.share} %` : "",
    run.from === undefined ? "–" : moment(run.from, true),
    durationText(((run.to ?? to) - run.due) / 1000),
    waited(run),
    changedBy(run.effects).length === 0 ? "–" : changedBy(run.effects).length.toLocaleString("en"),
    when(run.due, run.from ?? run.due, run.to ?? to, from, to),
    badge(run.end),
  ]);
  const back = undone[0];
  const unreached = state.plan.stages.slice(Math.max(0, ...runs.map((run) => run.number)));
  return markup`<section aria-labelledby="stages"><h2 id="stages">Stages</h2>
${table(
  "Every stage that was reached, in the order in which it was",
  ["Stage", number("Share"), "Began", number("Took"), number("of it, waited"), number("Changed"), "When", "Result"],
  back === undefined
    ? rows
    : [
        ...rows,
        [
          markup`<a href="#rollback">Rollback</a>`,
          "0 %",
          moment(back.from, true),
          durationText(((state.rollback?.backAt ?? to) - back.from) / 1000),
          "",
          changedBy(undone).length,
          when(back.from, back.from, to, from, to),
          markup`<span class="badge">◆ ${state.rollback?.backAt === undefined ? "not done" : "everybody back"}</span>`,
        ],
      ],
)}
${unreached.length === 0 ? "" : markup`<p class="note">Not reached: ${unreached.map(({ name }) => name).join(", ")}.</p>`}</section>`;
}

/** What each stage changed, and the evidence that it was left on. */
export function evidenceSection(history: History, options: ReportOptions): Markup {
  return markup`<section aria-labelledby="evidence"><h2 id="evidence">Stage by stage</h2>
<p>What each stage changed, what it was watched for, and on which evidence it was left. Open a stage to read it.</p>
${history.runs.map((run) => stage(run, history, options))}
${history.undone.length === 0 ? "" : rollback(history)}</section>`;
}

function stage(run: StageRun, history: History, { units }: ReportOptions): Markup {
  const { stage, effects, gates, decisions } = run;
  const changes = changedBy(effects);
  const facts = [
    counted(changes.length, "change"),
    ...(gates.length === 0 ? [] : [counted(stage.gates.length, "gate")]),
    ...(run.looks.length === 0 ? [] : [`${counted(run.looks.length, "look")} of the judge`]),
  ];
  const content = [
    markup`<p class="note">${stage.kind} on ${stage.stack}${run.from === undefined ? "" : markup`, begun ${moment(run.from)}`}${run.to === undefined ? "" : markup`, left ${moment(run.to)}`}${stage.soakSeconds > 0 ? `; to be watched for ${durationText(stage.soakSeconds)}` : ""}.</p>`,
    decisions.length === 0
      ? ""
      : markup`<h4>Decisions</h4><ul>${decisions.map(({ at, decision }) => markup`<li>${moment(at, true)} ${decisionText(decision)}</li>`)}</ul>`,
    failures(effects),
    gates.length === 0 ? "" : gateTable(gates, units ?? {}),
    changes.length === 0 ? "" : markup`<h4>Changed</h4>${urns(changes)}`,
  ];
  return markup`<div class="stage" id="${idOf(run)}">${details(
    markup`<h3>${run.number}. ${nameOf(run)} ${badge(run.end)} <span class="title">${facts.join(", ")}</span></h3>`,
    content,
    run.end !== "passed" && (run.end !== "open" || history.state.outcome === undefined),
  )}</div>\n`;
}

function rollback({ undone, state }: History): Markup {
  const { rollback: back, plan } = state;
  const rows = undone.map(({ effect, from, end }) => [
    moment(from, true),
    effect.kind === "rollback"
      ? `${effect.stack}${effect.region === undefined ? "" : `, ${effect.region}`}`
      : effect.kind,
    end === undefined ? "not known" : end.type === "effect-done" ? "✓ done" : `✗ ${end.reason}`,
    end === undefined ? "–" : durationText((end.at - from) / 1000),
    end?.type === "effect-done" ? end.changed.length : 0,
    Object.entries(end?.shares ?? {})
      .map(([region, share]) => `${region} ${share} %`)
      .join(", "),
  ]);
  const changes = changedBy(undone);
  return markup`<div class="stage" id="rollback">${details(
    markup`<h3>Rollback <span class="title">${counted(changes.length, "change")}</span></h3>`,
    [
      markup`<p>${back?.reason}.${back?.backAt === undefined ? "" : markup` Everybody was back on ${plan.active} at ${moment(back.backAt, true)}.`}</p>`,
      table(
        `What was done, and what ${plan.candidate} had after it`,
        ["Begun", "What", "Result", number("Took"), number("Changed"), `${plan.candidate}, read back`],
        rows,
      ),
      changes.length === 0 ? "" : markup`<h4>Changed</h4>${urns(changes)}`,
    ],
    true,
  )}</div>`;
}

function gateTable(gates: readonly GateSeen[], units: Readonly<Record<string, string>>): Markup {
  return table(
    "Gates, as they stood when the stage was left",
    [
      "Gate",
      "Where",
      "Result",
      number("Last value"),
      number("Worst"),
      number("Limit"),
      number("Samples"),
      number("Failed"),
      number("Tolerated"),
    ],
    gates.map(({ gate, scope, count, worst }) => {
      const unit = units[gate.condition.metric];
      const failed = count.failures > gate.limits.failures;
      return [
        gate.text,
        scope,
        count.samples === 0
          ? markup`<span class="badge undetermined">? no data</span>`
          : failed
            ? markup`<span class="badge violated">✗ failed</span>`
            : markup`<span class="badge passed">✓ held</span>`,
        valueText(count.last.value, unit),
        valueText(worst, unit),
        valueText(count.last.limit, unit),
        count.samples,
        count.failures,
        gate.limits.failures,
      ];
    }),
  );
}

function decisionText(decision: Decision): Piece {
  switch (decision.kind) {
    case "promote":
      return decision.by === undefined
        ? `passed${decision.evidence.length === 0 ? "" : ` on ${counted(decision.evidence.length, "piece")} of evidence`}`
        : `${decision.by} let it pass`;
    case "hold":
      return markup`held: ${decision.reason}${decision.by === undefined ? "" : ` (${decision.by})`}${decision.decideBy === undefined ? "" : markup`; to be decided before ${moment(decision.decideBy)}, or it rolls back`}`;
    case "step-back":
      return `went back one stage: ${decision.reason}`;
    case "rollback":
      return `rolled back: ${decision.reason}${decision.by === undefined ? "" : ` (${decision.by})`}`;
    case "warn":
      return `warned: ${decision.reason}`;
  }
}

function failures(effects: readonly EffectSeen[]): Piece {
  const failed = effects.flatMap(({ end, effect }) => (end?.type === "effect-failed" ? [{ end, effect }] : []));
  return failed.length === 0
    ? ""
    : markup`<h4>What could not be done</h4><ul>${failed.map(
        ({ end, effect }) =>
          markup`<li>${moment(end.at, true)} ${effect.kind}: ${end.reason}${
            (end.outside ?? []).length === 0
              ? ""
              : markup` Nothing was changed: it would have touched ${joined(
                  (end.outside ?? []).map((urn) => markup`<code>${urn}</code>`),
                  ", ",
                )}`
          }${listOf(end.violations ?? [])}</li>`,
      )}</ul>`;
}

function listOf(sentences: readonly string[]): Piece {
  return sentences.length === 0
    ? ""
    : markup` Nothing was changed: <ul>${sentences.map((sentence) => markup`<li>${sentence}</li>`)}</ul>`;
}

/** URNs that were changed, each once. */
export function changedBy(effects: readonly EffectSeen[]): string[] {
  return [...new Set(effects.flatMap(({ end }) => (end?.type === "effect-done" ? end.changed : [])))];
}

/** URNs by their common beginnings, so that hundreds of them can be read: each is its heading, followed by its name. */
function urns(changes: readonly string[]): Markup {
  const groups = new Map<string, string[]>();
  for (const urn of changes) {
    const cut = urn.lastIndexOf("::") + 2;
    const start = urn.slice(0, cut);
    groups.set(start, [...(groups.get(start) ?? []), urn.slice(cut)]);
  }
  return markup`${[...groups]
    .sort(([one], [other]) => one.localeCompare(other))
    .map(
      ([start, names]) =>
        markup`<div class="urns">${details(markup`${names.length} × <code>${typeOf(start)}</code>`, markup`<p><code>${start}</code></p><ul>${names.map((name) => markup`<li><code>${name}</code></li>`)}</ul>`)}</div>`,
    )}`;
}

/** The type in the beginning of a URN, `urn:pulumi:stack::project::parent$type::`. */
function typeOf(start: string): string | undefined {
  return start.split("::").at(-2)?.split("$").at(-1);
}

function waited({ due, from, stage }: StageRun): Piece {
  const seconds = ((from ?? due) - due) / 1000;
  return seconds < 1 ? "" : `${durationText(seconds)}${stage.approvals.length > 0 ? " for approval" : ""}`;
}

/** A bar on the time of the whole rollout; decoration, the times stand beside it. */
function when(due: number, begun: number, ended: number, from: number, to: number): Markup {
  const x = (at: number) => (100 * (at - from)) / Math.max(1, to - from);
  const width = (one: number, other: number) => Math.max(0.8, x(other) - x(one)).toFixed(1);
  return markup`<svg class="when" viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true" focusable="false"><rect class="track" width="100" height="10"/>${
    begun > due ? markup`<rect class="wait" x="${x(due).toFixed(1)}" width="${width(due, begun)}" height="10"/>` : ""
  }<rect class="run" x="${Math.min(99.2, x(begun)).toFixed(1)}" width="${width(begun, ended)}" height="10"/></svg>`;
}

function badge(end: StageEnd): Markup {
  const { sign, word, tone } = ENDS[end];
  return markup`<span class="badge ${tone}"><span aria-hidden="true">${sign}</span> ${word}</span>`;
}

function nameOf({ stage, attempt }: StageRun): string {
  return attempt > 1 ? `${stage.name}, attempt ${attempt}` : stage.name;
}

function idOf({ number, attempt }: StageRun): string {
  return `stage-${number}-${attempt}`;
}
