import type { History } from "./seen";

/** What a mark is about; the sign tells them apart without color. */
export type MarkKind = "hold" | "warn" | "step-back" | "rollback" | "failed" | "back" | "person" | "done";

/** The sign of each kind, and what it means. */
export const SIGNS: Readonly<Record<MarkKind, { sign: string; means: string }>> = {
  warn: { sign: "▲", means: "a warning" },
  hold: { sign: "●", means: "a hold" },
  "step-back": { sign: "◀", means: "one stage back" },
  rollback: { sign: "✗", means: "the decision to roll back" },
  back: { sign: "◆", means: "nobody is on the candidate any more" },
  failed: { sign: "!", means: "something that could not be done" },
  person: { sign: "■", means: "a person's word" },
  done: { sign: "✓", means: "the end" },
};

/** Something that happened at a moment, and that a chart marks. */
export interface Mark {
  at: number;
  kind: MarkKind;
  sign: string;
  /** What happened, in a sentence. */
  text: string;
}

/** What happened, in order: decisions but those that let a stage pass by its evidence, failures, and what people did. */
export function marksOf({ records, state }: Pick<History, "records" | "state">): Mark[] {
  const marks: Mark[] = [];
  const add = (at: number, kind: MarkKind, text: string) => marks.push({ at, kind, sign: SIGNS[kind].sign, text });
  for (const record of records) {
    const { at } = record;
    switch (record.type) {
      case "decided": {
        const { decision } = record;
        if (decision.kind !== "promote") {
          const by = "by" in decision && decision.by !== undefined ? ` (${decision.by})` : "";
          add(at, decision.kind, `${VERBS[decision.kind]}: ${decision.reason}${by}`);
        } else if (decision.by !== undefined) {
          add(at, "person", `${decision.by} let ${decision.stage} pass`);
        }
        break;
      }
      case "effect-failed":
        add(at, "failed", record.reason);
        break;
      case "approved":
        add(at, "person", `${record.person} approved ${record.stage} as ${record.role}`);
        break;
      case "signaled":
        add(at, "person", `${record.by} sent the signal ${record.signal}: ${record.reason}`);
        break;
      case "resumed":
        add(at, "person", `${record.by} let it go on: ${record.reason}`);
        break;
      case "overridden":
        add(at, "person", `${record.by} ran ${record.stack} past the rollout: ${record.reason}`);
        break;
      case "finished":
        if (record.outcome === "promoted") {
          add(at, "done", record.reason);
        }
        break;
    }
  }
  const backAt = state.rollback?.backAt;
  if (backAt !== undefined) {
    add(backAt, "back", `everybody was back on ${state.plan.active}`);
  }
  return marks.sort((one, other) => one.at - other.at);
}

const VERBS = { hold: "holds", warn: "warns", "step-back": "goes back a stage", rollback: "rolls back" } as const;
