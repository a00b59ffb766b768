import { STACK_TYPE } from "../pulumi/urn";
import { unshownMap } from "../pulumi/values";
import type { Plan, Step } from "../rollout/engine";
import type { ResourceRecord } from "./graph";

/**
 * A stack once a plan is done: what it says that changes, laid over what is recorded. Pure. A plan shows no secrets, so the
 * secrets of what changes are closed. What the clouds will answer to a change is what they answered before.
 *
 * @param before - What is recorded of the stack; nothing for one that was never brought up.
 */
export function planned({ steps, outputs }: Plan, before: readonly ResourceRecord[]): ResourceRecord[] {
  const old = new Map(before.map((record) => [record.urn, record]));
  const known = new Set(steps.map(({ urn }) => urn));
  // The engine does not speak of what it does for itself: its default providers, and what it reads of other stacks.
  const silent = before.filter(({ urn }) => !known.has(urn));
  return [...silent, ...steps.filter(({ op }) => op !== "delete").map((step) => recordOf(step, old.get(step.urn)))].map(
    (record) => (record.type === STACK_TYPE ? { ...record, outputs: unshownMap(outputs) } : record),
  );
}

function recordOf({ op, urn, type, inputs, parent, provider }: Step, old: ResourceRecord | undefined): ResourceRecord {
  if (old !== undefined && (op === "same" || op === "read")) {
    return old;
  }
  return {
    ...(op === "update" ? old : {}),
    urn,
    type,
    inputs: unshownMap(inputs),
    ...(parent === undefined ? {} : { parent }),
    // A step names its provider with its identifier: urn::id.
    ...(provider === undefined ? {} : { provider: provider.slice(0, provider.lastIndexOf("::")) }),
  };
}
