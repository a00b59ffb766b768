import { isDeepStrictEqual } from "node:util";
import { percentages } from "../../rollout/routerKind";
import type { Entry, Rule } from "./entry";

/** Percentages by color. */
export type Percentages = Readonly<Record<string, number>>;

/** What one router does: a rule that splits requests between the colors. */
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
  const read = entry.listeners.flatMap(({ rules }) => rules).flatMap((rule) => readRouter(rule) ?? []);
  // A gateway has a rule for each of a route's hosts and paths.
  return [...new Map(read.map((each) => [each.router, each])).values()];
}

/** The percentage of requests that each color gets in a region; undefined where there is no router, or two disagree. */
export function weights(entry: Entry): Percentages | undefined {
  const [first, ...others] = routers(entry).map(({ percent }) => percent);
  return others.every((other) => isDeepStrictEqual(other, first)) ? first : undefined;
}

function readRouter({ arn, action, aside }: Rule): RouterWeights | undefined {
  if (action.kind !== "forward" || aside) {
    return undefined;
  }
  const parts = action.to.flatMap(({ group: { color, workload }, weight }) =>
    color === undefined || workload === undefined ? [] : [{ color, workload, weight }],
  );
  const [first] = parts;
  return first && { router: arn, workload: first.workload, percent: percentages(parts) };
}
