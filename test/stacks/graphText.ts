import { createHash } from "node:crypto";
import { canonicalJson } from "../../rollout/journal/canonical";
import type { Plan, Step } from "../../rollout/engine";

/** Tags and metadata of the provider engine, and things that say where a checkout lies. */
const PLACE = /^__/;

/**
 * The graph of a stack as a text that a reviewer reads as the infrastructure diff: each resource below its parent, with its type
 * and a digest of what the program asked for. A changed digest says that the resource changed; `cutover preview` says how.
 */
export function graphText(plan: Plan): string {
  const children = new Map<string | undefined, Step[]>();
  const known = new Set(plan.steps.map(({ urn }) => urn));
  for (const step of plan.steps) {
    const parent = step.parent !== undefined && known.has(step.parent) ? step.parent : undefined;
    children.set(parent, [...(children.get(parent) ?? []), step]);
  }
  const lines: string[] = [];
  const walk = (step: Step, depth: number): void => {
    const name = step.urn.slice(step.urn.lastIndexOf("::") + 2);
    const inputs = Object.entries(step.inputs).filter(([key]) => !PLACE.test(key));
    const digest = inputs.length === 0 ? "" : ` ${digestOf(Object.fromEntries(inputs))}`;
    lines.push(`${"  ".repeat(depth)}${name} ${step.type}${digest}`);
    for (const child of sorted(children.get(step.urn) ?? [])) {
      walk(child, depth + 1);
    }
  };
  for (const root of sorted(children.get(undefined) ?? [])) {
    walk(root, 0);
  }
  return `${lines.join("\n")}\n`;
}

function sorted(steps: readonly Step[]): Step[] {
  return [...steps].sort((one, other) => (one.urn < other.urn ? -1 : 1));
}

function digestOf(inputs: Step["inputs"]): string {
  return createHash("sha256").update(canonicalJson(inputs)).digest("hex").slice(0, 8);
}
