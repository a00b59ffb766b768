import type { History } from "../seen";
import { markup, type Markup } from "../markup";
import { table } from "../table";
import { moment } from "../text";

/** What proves the rest: the journal's chain. */
export function journalSection({ records, state, started }: History): Markup {
  const last = records.at(-1)!;
  const types = new Map<string, number>();
  records.forEach(({ type }) => types.set(type, (types.get(type) ?? 0) + 1));
  return markup`<section aria-labelledby="journal"><h2 id="journal">The journal</h2>
<p>Everything above was read from the records of the journal. Each holds the hash of the one before: who changes one changes the head. Compare the head with the one that notifications published:</p>
<pre>cutover rollout verify --stack ${state.plan.stack} --head ${last.hash}</pre>
${table(
  "What identifies this rollout",
  ["What", "Value"],
  [
    ["Rollout", state.id],
    ["Records", `${records.length.toLocaleString("en")}, the last at ${new Date(last.at).toISOString()}`],
    ["Head: hash of the last record", markup`<code>${last.hash}</code>`],
    [
      "Hash that the first record follows",
      started.previous === "" ? "none: the stack's first rollout" : markup`<code>${started.previous}</code>`,
    ],
    ["Digest of the plan", markup`<code>${state.digest}</code>`],
    ["Begun by", started.by],
    ["Controllers (leases) that wrote", new Set(records.map(({ fence }) => fence)).size],
  ],
)}
${table(
  "Records by type",
  ["Type", { title: "Records", number: true }],
  [...types]
    .sort(([one], [other]) => one.localeCompare(other))
    .map(([type, count]) => [type, count.toLocaleString("en")]),
)}
<p class="note">Begun ${moment(started.at)}, as of ${moment(last.at)}, both UTC.</p></section>`;
}
