/** The steps of a run, as the engine's callers see them. */
import type { Json, Op, Plan, PropertyDiff, Step } from "../../rollout/engine";
import type { Resource } from "./deployment";
import type { Change } from "../../pulumi/diff";
import { isProviderType, nameOf, STACK_TYPE } from "../../pulumi/urn";
import { shown, shownMap } from "../../pulumi/values";

/** Collects steps, and tells who listens. */
export class StepLog {
  readonly steps: Step[] = [];

  constructor(private readonly onStep: ((step: Step) => void) | undefined) {}

  /** Adds a step that begins; those of default providers are left out. */
  add(op: Op, resource: Resource, changes?: ReadonlyMap<string, Change>): void {
    if (isDefaultProvider(resource)) {
      return;
    }
    const step: Step = {
      op,
      urn: resource.urn,
      type: resource.type,
      inputs: shownMap(resource.inputs ?? {}),
      diff: changes ? [...changes.keys()] : [],
      detailedDiff: changes ? detailed(changes) : {},
    };
    if (resource.parent !== undefined && resource.type !== STACK_TYPE) {
      step.parent = resource.parent;
    }
    if (resource.provider && resource.custom && !isProviderType(resource.type)) {
      step.provider = resource.provider;
    }
    this.steps.push(step);
    this.onStep?.(step);
  }

  /** The plan that these steps make. */
  plan(stack: string, outputs: Record<string, Json>): Plan {
    const summary: Plan["summary"] = {};
    for (const { op } of this.steps) {
      summary[op] = (summary[op] ?? 0) + 1;
    }
    return { stack, steps: this.steps, summary, outputs };
  }
}

/** The engine makes default providers for itself; Pulumi does not show what it does to them. */
function isDefaultProvider(resource: Resource): boolean {
  return isProviderType(resource.type) && /^default(_|$)/.test(nameOf(resource.urn));
}

function detailed(changes: ReadonlyMap<string, Change>): Record<string, PropertyDiff> {
  const result: Record<string, PropertyDiff> = {};
  for (const [path, { kind, before, after }] of changes) {
    result[path] = {
      kind,
      ...(before === undefined ? {} : { before: shown(before) }),
      ...(after === undefined ? {} : { after: shown(after) }),
    };
  }
  return result;
}
