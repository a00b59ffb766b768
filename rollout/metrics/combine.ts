import type { Metric } from "../../stacks/config/rollout/metrics";
import type { Reading, Silence } from "../core/sample";
import { answerOf, type Answer } from "./source";

/** What one region says, and how many requests it says it about. */
export interface Part {
  answer: Answer;
  /** Absent where the metric counts no requests. */
  requests?: Answer;
}

/** The gravest first: what is told when several regions say nothing, each for another reason. */
const SILENCES: readonly Silence[] = ["error", "stale", "empty", "nan", "few"];

/**
 * All regions together, from each alone. One region that says nothing leaves the total without a value; but a region without
 * a request has no part in a mean that requests weigh. Pure.
 */
export function combined(rule: "mean" | "max" | "sum", parts: readonly Part[]): Answer {
  const counting = rule === "mean" ? parts.filter(({ requests }) => requests?.value !== 0) : parts;
  const silent = silentest(
    counting.flatMap(({ answer, requests }) =>
      requests === undefined || rule !== "mean" ? [answer] : [answer, requests],
    ),
  );
  if (silent !== undefined) {
    return silent;
  }
  const values = counting.map(({ answer }) => answer.value!);
  if (rule !== "mean") {
    return answerOf(rule === "max" ? Math.max(...values) : sum(values));
  }
  const weights = counting.map(({ requests }) => requests?.value ?? 1);
  return answerOf(sum(values.map((value, index) => value * weights[index]!)) / sum(weights));
}

/** The reading that an answer is: too few requests make it one that says nothing. Pure. */
export function readingOf(
  key: Pick<Reading, "metric" | "color" | "scope">,
  answer: Answer,
  requests: Answer | undefined,
  minRequests: Metric["minRequests"],
): Reading {
  const base = { ...key, ...(requests?.value === undefined ? {} : { requests: requests.value }) };
  if (minRequests === undefined || requests === undefined) {
    return { ...base, ...answer };
  }
  if (requests.value === undefined) {
    return { ...base, ...requests };
  }
  return requests.value < minRequests ? { ...base, silence: "few" } : { ...base, ...answer };
}

function silentest(answers: readonly Answer[]): Answer | undefined {
  const silent = answers.filter(({ value }) => value === undefined);
  return SILENCES.map((silence) => silent.find((answer) => answer.silence === silence)).find(
    (answer) => answer !== undefined,
  );
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
