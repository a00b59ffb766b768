import type { Op, Plan, Step } from "../../rollout/engine";

/** A step of a plan, with what its URN would be. */
export function step(op: Op, type: string, name: string, diff: string[] = []): Step {
  const detailedDiff = Object.fromEntries(diff.map((path) => [path, { kind: "update" as const, before: 0, after: 1 }]));
  return { op, urn: `urn:pulumi:s::cutover::${type}::${name}`, type, inputs: {}, diff, detailedDiff };
}

export const RULE = "aws:lb/listenerRule:ListenerRule";
export const WEIGHTS = ["actions[0].forward.targetGroups[0].weight", "actions[0].forward.targetGroups[1].weight"];

/** The update of a router's weights: what a shift does in one region. */
export const shifted = (region = "us-east-1") => step("update", RULE, `router-${region}-api-rule`, WEIGHTS);

export function plan(stack: string, ...steps: Step[]): Plan {
  return { stack, steps, summary: {}, outputs: {} };
}
