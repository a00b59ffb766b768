import type { RolloutConfig } from ".";
import type { Plan } from "./plans";
import type { GateConfig } from "./rules";

/** A part of a plan that is looked at, runs hooks, or asks people. */
export interface Part {
  /** Its path inside the namespace. */
  path: string;
  kind: "before" | "step" | "validate" | "watch" | "hooks";
  gates: readonly { path: string; condition: string; gate: Exclude<GateConfig, string> | undefined }[];
  hooks: readonly string[];
  approvals: readonly string[];
}

/** A plan with its name and path. */
export interface NamedPlan {
  name: string;
  path: string;
  plan: Plan;
}

/** Something that is read when it is asked for: what is wrong in it hides nothing else. See `collect` in salvage.ts. */
export type Lazy<T> = () => T;

export function plansOf({ plans }: RolloutConfig): Lazy<NamedPlan>[] {
  return Object.keys(plans).map((name) => () => ({ name, path: `rollout.plans.${name}`, plan: plans[name]! }));
}

/** The parts of a plan, in the order in which they come. */
export function partsOf({ plan, path }: NamedPlan): Lazy<Part>[] {
  const before = () => {
    const { gates, hooks, approvals } = plan.before;
    return part(`${path}.before`, "before", gates, hooks, approvals);
  };
  const step = (index: number) => () => {
    const { gates, hooks, approvals } = plan.steps[index]!;
    return part(`${path}.steps[${index}]`, "step", gates, hooks, approvals);
  };
  const validate = () => {
    const { gates, hooks } = plan.validate;
    return part(`${path}.validate`, "validate", gates, hooks, []);
  };
  const others = Object.entries(plan.hooks).map(
    ([stage, hooks]) =>
      () =>
        part(`${path}.hooks.${stage}`, "hooks", [], hooks, []),
  );
  const watch = (index: number) => () => {
    const { gates, hooks, approvals } = plan.watch[index]!;
    return part(`${path}.watch[${index}]`, "watch", gates, hooks, approvals);
  };
  const each = (list: { length: number }, of: (index: number) => Lazy<Part>) =>
    Array.from({ length: list.length }, (_, index) => of(index));
  return [before, ...each(plan.steps, step), validate, ...each(plan.watch, watch), ...others];
}

function part(
  path: string,
  kind: Part["kind"],
  gates: readonly GateConfig[],
  hooks: readonly string[],
  approvals: readonly string[],
): Part {
  const placed = gates.map((gate, index) =>
    typeof gate === "string"
      ? { path: `${path}.gates[${index}]`, condition: gate, gate: undefined }
      : { path: `${path}.gates[${index}].require`, condition: gate.require, gate },
  );
  return { path, kind, gates: placed, hooks, approvals };
}
