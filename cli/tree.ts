import type { Json, Op, Plan, PropertyDiff, Step } from "../rollout/engine";
import { bold, dim, paint, sign } from "./paint";

/** Values longer than this are cut in the tree; `--json` has all of them. */
const LONGEST_VALUE = 60;

/** A plan as a tree: what changes, below the components that it belongs to, with its property diffs. */
export function treeText(plan: Plan): string {
  const children = new Map<string | undefined, Step[]>();
  const known = new Set(plan.steps.map(({ urn }) => urn));
  for (const step of plan.steps) {
    const parent = step.parent !== undefined && known.has(step.parent) ? step.parent : undefined;
    children.set(parent, [...(children.get(parent) ?? []), step]);
  }
  const shown = changedWithAncestors(plan.steps);
  const lines: string[] = [];
  const walk = (step: Step, prefix: string, branch: string) => {
    lines.push(`${sign(step.op)} ${dim(prefix + branch)}${title(step)}`);
    const below = prefix + (branch === "" ? "" : branch.startsWith("└") ? "   " : "│  ");
    const kids = (children.get(step.urn) ?? []).filter(({ urn }) => shown.has(urn));
    for (const [path, diff] of Object.entries(step.detailedDiff)) {
      lines.push(`   ${dim(below + (kids.length > 0 ? "│  " : "   "))}${diffText(path, diff)}`);
    }
    kids.forEach((kid, index) => walk(kid, below, index === kids.length - 1 ? "└─ " : "├─ "));
  };
  for (const root of (children.get(undefined) ?? []).filter(({ urn }) => shown.has(urn))) {
    walk(root, "", "");
  }
  return lines.join("\n");
}

/** One line that counts: `2 to update, 391 unchanged`. */
export function summaryText(plan: Plan, done: boolean): string {
  const verbs: Record<Op, [string, string]> = {
    create: ["to create", "created"],
    update: ["to update", "updated"],
    replace: ["to replace", "replaced"],
    delete: ["to delete", "deleted"],
    read: ["read", "read"],
    same: ["unchanged", "unchanged"],
  };
  const parts = (Object.keys(verbs) as Op[]).flatMap((op) => {
    const count = plan.summary[op];
    return count === undefined ? [] : [paint(op, `${count} ${verbs[op][done ? 1 : 0]}`)];
  });
  return `${bold(plan.stack)}: ${parts.length > 0 ? parts.join(", ") : "nothing"}`;
}

function changedWithAncestors(steps: readonly Step[]): Set<string> {
  const byUrn = new Map(steps.map((step) => [step.urn, step]));
  const shown = new Set<string>();
  for (const { op, urn } of steps) {
    if (op === "same" || op === "read") {
      continue;
    }
    for (let at: string | undefined = urn; at !== undefined && !shown.has(at); at = byUrn.get(at)?.parent) {
      shown.add(at);
    }
  }
  return shown;
}

function title(step: Step): string {
  const name = step.urn.slice(step.urn.lastIndexOf("::") + 2);
  const text = step.op === "same" ? name : paint(step.op, name);
  return `${text} ${dim(shortType(step.type))}`;
}

/** `aws:lb/listenerRule:ListenerRule` reads `aws:lb:ListenerRule`, as in Pulumi's own display. */
function shortType(type: string): string {
  const [pkg, module = "", name] = type.split(":");
  return name === undefined ? type : `${pkg}:${module.split("/")[0]}:${name}`;
}

function diffText(path: string, diff: PropertyDiff): string {
  const op: Op = diff.kind.startsWith("add") ? "create" : diff.kind.startsWith("delete") ? "delete" : "update";
  const before = diff.before === undefined ? "" : valueText(diff.before);
  const after = diff.after === undefined ? "" : valueText(diff.after);
  const change = op === "create" ? after : op === "delete" ? before : `${before} → ${after}`;
  const forces = diff.kind.endsWith("-replace") ? dim(" (forces replacement)") : "";
  return `${sign(op)}${path}: ${paint(op, change)}${forces}`;
}

function valueText(value: Json): string {
  const text = JSON.stringify(value);
  return text.length > LONGEST_VALUE ? `${text.slice(0, LONGEST_VALUE - 3)}...` : text;
}
