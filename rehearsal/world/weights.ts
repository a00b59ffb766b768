import { isDeepStrictEqual } from "node:util";
import type { Entry, Rule } from "./entry";
import { fields } from "./json";

/** Percentages by color. */
export type Percentages = Readonly<Record<string, number>>;

/** What one router does: a listener rule that splits requests between the colors. */
export interface RouterWeights {
  /** ARN of the rule. */
  router: string;
  workload: string;
  /** Percentage of the rule's requests that each color gets. They add up to 100, or are all 0 when the rule forwards nothing. */
  percent: Percentages;
}

/**
 * What the routers of a region do, each for itself. A rule that only some requests reach by a header, such as a tester's, is
 * no router.
 */
export function routers(entry: Entry): RouterWeights[] {
  return entry.listeners.flatMap(({ rules }) => rules).flatMap((rule) => readRouter(rule) ?? []);
}

/** The percentage of requests that each color gets in a region; undefined where there is no router, or two disagree. */
export function weights(entry: Entry): Percentages | undefined {
  const [first, ...others] = routers(entry).map(({ percent }) => percent);
  return others.every((other) => isDeepStrictEqual(other, first)) ? first : undefined;
}

function readRouter({ arn, action, conditions }: Rule): RouterWeights | undefined {
  if (
    action.kind !== "forward" ||
    conditions.some((condition) => Object.keys(fields(condition.httpHeader)).length > 0)
  ) {
    return undefined;
  }
  const colored = action.to.filter(({ group }) => group.color !== undefined);
  const workload = colored[0]?.group.workload;
  if (workload === undefined) {
    return undefined;
  }
  const total = colored.reduce((sum, { weight }) => sum + weight, 0);
  const percent: Record<string, number> = {};
  for (const { group, weight } of colored) {
    percent[group.color!] = (percent[group.color!] ?? 0) + (total === 0 ? 0 : (weight * 100) / total);
  }
  return { router: arn, workload, percent };
}
