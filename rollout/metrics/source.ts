import type { Color } from "../../stacks/config/fields";
import type { Silence } from "../core/sample";

/** What a source is asked. */
export interface Question {
  /** The query as config has it, with its placeholders. */
  query: string;
  color: Color;
  /** The regions that the value is about, together. */
  regions: readonly string[];
  /** Seconds before each moment that the value is about. */
  windowSeconds: number;
}

/** What a source said about one moment: a finite value, or why there is none. */
export interface Answer {
  value?: number;
  silence?: Silence;
  /** With `error`: what went wrong, without credentials. */
  error?: string;
}

/** A place where metrics are read. */
export interface MetricSource {
  /** What tells questions apart: those with the same key have the same answer, and are asked once. */
  key(question: Question): string;
  /**
   * Asks about several moments (ends of intervals, ascending).
   *
   * @returns One answer for each moment, in the same order.
   * @throws Error when it cannot be asked. The message says why, without credentials.
   */
  ask(question: Question, moments: readonly number[], signal?: AbortSignal): Promise<Answer[]>;
}

/** The answer that a number is. What is not finite says nothing. */
export function answerOf(value: number): Answer {
  return Number.isFinite(value) ? { value } : { silence: "nan" };
}
