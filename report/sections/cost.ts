import { durationText } from "../../rollout/duration";
import type { History } from "../seen";
import { markup, type Markup } from "../markup";
import { table } from "../table";
import { moment } from "../text";
import type { ReportOptions } from "..";

/** When both colors ran: from the candidate's deployment until the old color was retired, or the last record. */
export function bothRan({
  runs,
  to,
}: Pick<History, "runs" | "to">): { from: number; to: number; retired: boolean } | undefined {
  const changed = (kind: string) =>
    runs
      .filter(({ stage }) => stage.kind === kind)
      .flatMap(({ effects }) => effects)
      .find(({ effect, end }) => effect.kind === "up" && end?.type === "effect-done");
  const from = changed("deploy")?.from;
  const retired = changed("retire")?.end?.at;
  return from === undefined ? undefined : { from, to: retired ?? to, retired: retired !== undefined };
}

/** What running both colors cost. */
export function costSection(history: History, { cost }: ReportOptions): Markup {
  const both = history.state.plan.rolling ? undefined : bothRan(history);
  if (cost === undefined || both === undefined) {
    return markup``;
  }
  const hours = (both.to - both.from) / 3_600_000;
  const usd = (value: number) =>
    `$${value.toLocaleString("en", { minimumFractionDigits: 2, maximumFractionDigits: 2 })}`;
  const extra = cost.both - cost.steady;
  return markup`<section aria-labelledby="cost"><h2 id="cost">Cost of both colors</h2>
<p>Both colors ran for ${durationText(hours * 3600)}, from ${moment(both.from)} to ${moment(both.to)}${both.retired ? "" : ", and still do"}: <strong>at most ${usd(extra * hours)}</strong> more than one color would have cost.</p>
${table(
  "At the hourly rates of the whole deployment, in US dollars",
  ["Colors", { title: "An hour", number: true }, { title: `In ${durationText(hours * 3600)}`, number: true }],
  [
    ["One color", usd(cost.steady), usd(cost.steady * hours)],
    ["Both colors, the candidate at its full capacity", usd(cost.both), usd(cost.both * hours)],
    ["The difference", usd(extra), usd(extra * hours)],
  ],
)}
<p class="note">${cost.basis}</p></section>`;
}
