import { durationText } from "../../rollout/duration";
import type { History } from "../seen";
import { markup, type Markup } from "../markup";
import { table } from "../table";
import { valueText } from "../text";
import type { ReportOptions } from "..";

/** How near each trigger came. */
export function triggersSection({ triggers, state }: History, { units = {} }: ReportOptions): Markup {
  if (state.plan.triggers.length === 0) {
    return markup``;
  }
  const number = (title: string) => ({ title, number: true as const });
  return markup`<section aria-labelledby="triggers"><h2 id="triggers">Triggers</h2>
<p>They watch from the candidate's first request until the rollback window has ended: a condition that lasts for its time acts, in whatever stage.</p>
${
  triggers.length === 0
    ? markup`<p>The candidate had no request: nothing was there to watch.</p>`
    : table(
        "Triggers, in each place where they watched",
        [
          "Trigger",
          "Where",
          "Acts after",
          "Longest so",
          number("Worst value"),
          number("Samples"),
          number("of them, silent"),
          "Result",
        ],
        triggers.map(({ trigger, scope, longestSeconds, worst, asked, conclusive }) => [
          markup`${trigger.name} <span class="id">${trigger.text}</span>`,
          scope,
          durationText(trigger.forSeconds),
          longestSeconds === undefined ? "never" : durationText(longestSeconds),
          valueText(worst, units[trigger.condition.metric]),
          asked,
          asked - conclusive,
          longestSeconds !== undefined && longestSeconds >= trigger.forSeconds
            ? markup`<span class="badge violated">✗ ${trigger.action}</span>`
            : conclusive === 0
              ? markup`<span class="badge undetermined">? no data</span>`
              : markup`<span class="badge passed">✓ quiet</span>`,
        ]),
      )
}</section>`;
}
