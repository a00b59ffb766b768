import type { Color } from "../stacks/config/fields";
import { fields, items, text, type Fields } from "../rehearsal/world/json";
import type { Json } from "./engine";

/** The type of the routers: rules of load balancers' listeners that split requests between the colors. */
export const LISTENER_RULE = "aws:lb/listenerRule:ListenerRule";

/** Target groups are named `<deployment>-<color>-<workload>`: what the traffic layer and the clusters agree on. */
const GROUP_NAME = /-(?<color>blue|green)-(?<workload>.+)$/;

/** What one target group of a color takes. */
export interface Part {
  /** ARN of the target group. */
  arn: string;
  color: Color;
  workload: string;
  weight: number;
}

/** What the name of a target group says; nothing for a group of somebody else. */
export function groupNamed(name: string): { color?: Color; workload?: string } {
  const { color, workload } = GROUP_NAME.exec(name)?.groups ?? {};
  return { ...(color === undefined ? {} : { color: color as Color }), ...(workload === undefined ? {} : { workload }) };
}

/** The target groups that an action forwards to, with their weights; a group without a weight has 1. */
export function forwardedTo(action: Json | Fields | undefined): { arn: string; weight: number }[] {
  const { targetGroupArn, forward } = fields(action);
  if (typeof targetGroupArn === "string" && targetGroupArn !== "") {
    return [{ arn: targetGroupArn, weight: 1 }];
  }
  return items(fields(forward).targetGroups).map(({ arn, weight }) => ({
    arn: text(arn),
    weight: Number(weight ?? 1),
  }));
}

/**
 * How a listener rule splits requests between the colors, one part for each target group; undefined for one that is no router: a
 * page, a redirect, or a rule that only some requests reach by a header, such as a tester's.
 *
 * @param properties - The rule's, as a state or the cloud has them.
 */
export function splitOf({ conditions, actions }: Readonly<Record<string, Json>>): Part[] | undefined {
  // What comes before the last action only authenticates.
  const action = items(actions).at(-1);
  if (action?.type !== "forward" || items(conditions).some(namesHeader)) {
    return undefined;
  }
  const parts = forwardedTo(action).flatMap(({ arn, weight }) => {
    const { color, workload } = groupNamed(arn.split("/")[1] ?? "");
    return color === undefined || workload === undefined ? [] : [{ arn, color, workload, weight }];
  });
  return parts.length === 0 ? undefined : parts;
}

/** Whether a condition asks for a header. Providers write an empty list or object where there is none. */
export function namesHeader({ httpHeader }: Fields): boolean {
  return Object.keys(fields(httpHeader)).length > 0;
}

/** Percentage of requests that each color gets. They add up to 100, or are all 0 when all weights are. */
export function percentages(parts: readonly Pick<Part, "color" | "weight">[]): Record<Color, number> {
  const total = parts.reduce((sum, { weight }) => sum + weight, 0);
  const percent = { blue: 0, green: 0 };
  for (const { color, weight } of parts) {
    percent[color] += total === 0 ? 0 : (weight * 100) / total;
  }
  return percent;
}
