import { durationText } from "../../rollout/duration";
import type { History, RecordOf } from "../seen";
import type { JournalRecord } from "../../rollout/core/records";
import { markup, type Markup } from "../markup";
import { details, table } from "../table";
import { moment } from "../text";

/** The records of one type. */
function ofType<Type extends JournalRecord["type"]>(history: History, type: Type): RecordOf<Type>[] {
  return history.records.filter((record): record is RecordOf<Type> => record.type === type);
}

/** Who approved what, and what else people did. */
export function peopleSection(history: History): Markup {
  const { state } = history;
  const approvals = ofType(history, "approved");
  const asked = state.plan.stages.filter((stage) => stage.approvals.length > 0);
  return markup`<section aria-labelledby="people"><h2 id="people">People</h2>
${
  asked.length === 0
    ? markup`<p>This plan asks for no approval.</p>`
    : table(
        "Approvals that the plan asks for",
        ["Stage", "Role", "Given by", "At (UTC)", "Until (UTC)", "On this plan", "Signature"],
        asked.flatMap((stage) =>
          stage.approvals.flatMap((role) => {
            const given = approvals.filter((each) => each.stage === stage.name && each.role === role);
            return given.length === 0
              ? [[stage.name, role, "– not given", "", "", "", ""]]
              : given.map((each) => [
                  stage.name,
                  role,
                  each.person,
                  moment(each.at),
                  moment(each.expires),
                  each.digest === state.digest ? "✓ same digest" : `✗ of ${each.digest.slice(0, 12)}`,
                  each.signature === undefined
                    ? "not signed: taken at its word"
                    : details("signed; cutover rollout verify checks it", markup`<pre>${each.signature}</pre>`),
                ]);
          }),
        ),
      )
}
${asked
  .filter(({ checklist }) => checklist.length > 0)
  .map(({ name, checklist }) =>
    details(`What ${name} confirms`, markup`<ul>${checklist.map((item) => markup`<li>${item}</li>`)}</ul>`),
  )}
</section>`;
}

/** What hooks said. */
export function hooksSection(history: History): Markup {
  const rows = history.runs.flatMap((run) =>
    run.effects.flatMap(({ effect, from, end }) =>
      effect.kind === "hook"
        ? [
            [
              effect.hook,
              effect.stage,
              moment(from, true),
              end === undefined ? "–" : durationText((end.at - from) / 1000),
              end === undefined
                ? markup`<span class="badge undetermined">? not known</span>`
                : end.type === "effect-done"
                  ? markup`<span class="badge passed">✓ passed</span>`
                  : markup`<span class="badge violated">✗ failed</span> ${end.reason}`,
              end?.output === undefined || end.output === "" ? "–" : markup`<pre>${end.output}</pre>`,
            ],
          ]
        : [],
    ),
  );
  return rows.length === 0
    ? markup``
    : markup`<section aria-labelledby="hooks"><h2 id="hooks">Hooks</h2>
${table("What the pipeline ran, and the end of its output", ["Hook", "Stage", "Began", { title: "Took", number: true }, "Result", "Output"], rows)}</section>`;
}

/** Who was told what. */
export function notificationsSection(history: History): Markup {
  const told = ofType(history, "notified");
  return markup`<section aria-labelledby="notifications"><h2 id="notifications">Notifications</h2>
${
  told.length === 0
    ? markup`<p>Nobody was told: the rollout has no channels, or it was a rehearsal.</p>`
    : table(
        "What channels were told",
        ["At (UTC)", "Channel", "Notice", "Result"],
        told.map(({ at, channel, notice, ok, problem }) => [
          moment(at),
          channel,
          notice,
          ok ? "✓ told" : `✗ ${problem ?? "not told"}`,
        ]),
      )
}</section>`;
}
