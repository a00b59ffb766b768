import { durationText } from "../rollout/duration";
import type { History } from "./seen";

/** How a rollout stands at its last record. */
export type Standing = "promoted" | "rolled-back" | "rolling-back" | "holds" | "open";

/** The sign and the word of each standing. */
export const STANDINGS: Readonly<
  Record<Standing, { sign: string; word: string; tone: "passed" | "violated" | "waived" | "open" }>
> = {
  promoted: { sign: "✓", word: "promoted", tone: "passed" },
  "rolled-back": { sign: "✗", word: "rolled back", tone: "violated" },
  "rolling-back": { sign: "✗", word: "rolling back", tone: "violated" },
  holds: { sign: "●", word: "holds", tone: "waived" },
  open: { sign: "○", word: "in progress", tone: "open" },
};

/** How a rollout stands. */
export function standingOf({ state: { outcome, rollback, hold } }: Pick<History, "state">): Standing {
  if (outcome !== undefined) {
    return outcome.outcome;
  }
  return rollback !== undefined ? "rolling-back" : hold !== undefined ? "holds" : "open";
}

/** What came of it, in sentences. */
export function outcomeText(history: History): string {
  const { state, from, to } = history;
  const { plan, outcome, rollback, hold } = state;
  const took = durationText((to - from) / 1000);
  const largest = Math.max(
    0,
    ...history.records.flatMap((record) => ("shares" in record ? Object.values(record.shares ?? {}) : [])),
  );
  switch (standingOf(history)) {
    case "promoted":
      if (plan.recovery !== undefined) {
        return `${outcome!.reason}, after ${took}.`;
      }
      return plan.rolling
        ? `${plan.release} serves everybody in ${plan.active}, after ${took}.`
        : `${plan.release} serves everybody: ${plan.candidate} has taken over from ${plan.active}, after ${took}.`;
    case "rolled-back":
      return `${plan.release} was taken back: ${outcome!.reason}. ${backText(history)}${largest === 0 ? `${plan.candidate} never had a request.` : `${plan.candidate} had ${largest} % at the most.`}`;
    case "rolling-back":
      return `${plan.release} is being taken back: ${rollback!.reason}.`;
    case "holds":
      return `${plan.release} holds after ${took}: ${hold!.reason}. People decide.`;
    case "open":
      return `${plan.release} is on its way, since ${took}.`;
  }
}

function backText({ state: { rollback, plan } }: History): string {
  const broke = rollback?.evidence?.at ?? rollback?.since;
  return rollback?.backAt === undefined || broke === undefined
    ? ""
    : `Everybody was back on ${plan.active} ${durationText((rollback.backAt - broke) / 1000)} after ${rollback.evidence?.at === undefined ? "the decision" : "the sample that showed it"}. `;
}
