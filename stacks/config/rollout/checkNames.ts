import type { RolloutConfig } from ".";
import type { Issue } from "../issue";
import { collect } from "../salvage";
import { parseCondition } from "./condition";
import { partsOf, plansOf, type NamedPlan } from "./parts";

/** Everything that the rollout names is there. */
export function checkNames(rollout: RolloutConfig): Issue[] {
  const { metrics, triggers } = rollout;
  return collect(
    () => known("rollout.plan", rollout.plan, "plans", rollout.plans),
    ...plansOf(rollout).map((plan) => () => checkPlan(rollout, plan())),
    ...Object.keys(triggers).map(
      (name) => () => checkCondition(rollout, `rollout.triggers.${name}.when`, triggers[name]!.when),
    ),
    () =>
      (rollout.databaseRevert?.approvals ?? []).flatMap((role, index) =>
        known(`rollout.databaseRevert.approvals[${index}]`, role, "approvers", rollout.approvers),
      ),
    () =>
      rollout.activeHealthy === undefined
        ? []
        : checkCondition(rollout, "rollout.activeHealthy", rollout.activeHealthy),
    ...Object.keys(metrics).flatMap((name) => [
      () => known(`rollout.metrics.${name}.source`, metrics[name]!.source, "sources", rollout.sources),
      () => known(`rollout.metrics.${name}.requests`, metrics[name]!.requests, "metrics", metrics),
    ]),
  );
}

function checkPlan(rollout: RolloutConfig, named: NamedPlan): Issue[] {
  const { plan, path } = named;
  return collect(
    () =>
      plan.triggers.flatMap((name, index) => known(`${path}.triggers[${index}]`, name, "triggers", rollout.triggers)),
    ...Object.keys(plan.judge?.metrics ?? {}).map((name) => () => {
      const judged = plan.judge!.metrics[name]!;
      return (["metric", "events", "total"] as const).flatMap((key) =>
        known(`${path}.judge.metrics.${name}.${key}`, judged[key], "metrics", rollout.metrics),
      );
    }),
    ...partsOf(named).map((part) => () => {
      const { kind, gates, hooks, approvals, path: at } = part();
      const hooksAt = kind === "hooks" ? at : `${at}.hooks`;
      return [
        ...gates.flatMap((gate) => checkCondition(rollout, gate.path, gate.condition)),
        ...hooks.flatMap((name, index) => known(`${hooksAt}[${index}]`, name, "hooks", rollout.hooks)),
        ...approvals.flatMap((role, index) => known(`${at}.approvals[${index}]`, role, "approvers", rollout.approvers)),
      ];
    }),
  );
}

function checkCondition({ metrics }: RolloutConfig, path: string, text: string): Issue[] {
  return known(path, parseCondition(text).metric, "metrics", metrics, text);
}

/** @param value - What stands there, where that is more than the name. */
function known(path: string, name: string | undefined, section: string, of: object, value: unknown = name): Issue[] {
  if (name === undefined || Object.hasOwn(of, name)) {
    return [];
  }
  const names = Object.keys(of);
  const allowed = names.length === 0 ? "and there are none" : `one of ${names.join(", ")}`;
  return [{ path, message: `a name in rollout.${section}, ${allowed}`, value }];
}
