import { z } from "zod";
import { seconds } from "../fields";

/** How a value is compared with a limit. They mean what they say: `>` is not `>=`. */
export const COMPARISONS = ["<=", ">=", "<", ">"] as const;
export type Comparison = (typeof COMPARISONS)[number];

/** A condition on one metric. */
export interface Condition {
  /** Name of the metric in `cutover:rollout.metrics`. */
  metric: string;
  comparison: Comparison;
  /** The limit, in the metric's unit; with `baseline`, the factor that the active color's value is multiplied by. */
  limit: number;
  /** Whether the limit is relative to the active color's value over the same time. */
  baseline: boolean;
  /** Where the condition is about how fast the metric grows: seconds over which that is estimated, and per which the limit is. */
  trendSeconds?: number;
}

const PATTERN =
  /^(?<metric>[a-z][a-z0-9-]*) (?:(?<comparison><=|>=|<|>) (?:(?<number>-?\d+(?:\.\d+)?)|baseline(?: \* (?<factor>\d+(?:\.\d+)?))?)|trend (?<than><=|>=|<|>) (?<slope>-?\d+(?:\.\d+)?) per (?<per>(?=\d)(?:\d+d)?(?:\d+h)?(?:\d+m)?))$/;

/** A condition as people write it: `error-rate > 5`, `engagement >= baseline * 0.95`, `memory trend > 2 per 1h`. */
export const condition = z
  .string()
  .regex(
    PATTERN,
    "a condition: METRIC < LIMIT, such as `error-rate > 5`, `engagement >= baseline * 0.95`, or `memory trend > 2 per 1h`",
  );

/** Reads a condition. @throws when the text is none: {@link condition} checks it first. */
export function parseCondition(text: string): Condition {
  const { metric, comparison, number, factor, than, slope, per } = PATTERN.exec(text)!.groups!;
  return {
    metric: metric!,
    comparison: (comparison ?? than) as Comparison,
    limit: Number(number ?? slope ?? factor ?? 1),
    baseline: number === undefined && slope === undefined,
    ...(per === undefined ? {} : { trendSeconds: seconds(per) }),
  };
}

/** Whether a value meets a condition's comparison with a limit. */
export function compare(value: number, comparison: Comparison, limit: number): boolean {
  switch (comparison) {
    case "<":
      return value < limit;
    case "<=":
      return value <= limit;
    case ">":
      return value > limit;
    case ">=":
      return value >= limit;
  }
}
