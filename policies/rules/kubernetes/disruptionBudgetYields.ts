import type { Resource } from "../../graph";
import type { GraphContext, GraphRule } from "../../rule";
import { CONTINUITY } from "../support/clauses";
import { BUDGET, budgeted } from "./internal/budgets";
import { autoscalerOf, isOff } from "./internal/objects";

export const disruptionBudgetYields: GraphRule = {
  id: "disruption-budget-yields",
  title: "A disruption budget lets one pod at a time go",
  area: "availability",
  severity: "high",
  frameworks: CONTINUITY,
  why: "A budget that never yields stops every update of the nodes, those that mend a hole included.",
  fix: "Set maxUnavailable to 1 or a percentage above 0, or minAvailable below the least number of pods.",
  scope: "stack",
  types: [BUDGET],
  check(budget, context) {
    const most = budget.text("spec.maxUnavailable");
    const least = budget.text("spec.minAvailable");
    if (most !== undefined && /^0+%?$/.test(most)) {
      context.report("spec.maxUnavailable is 0");
    }
    if (least === undefined) {
      return;
    }
    if (least.endsWith("%")) {
      if (Number.parseInt(least, 10) >= 100) {
        context.report("spec.minAvailable is 100 %");
      }
      return;
    }
    context.each(budgeted(budget, context.graph), (workload) => {
      const pods = leastPods(workload, context);
      if (Number(least) >= pods && !isOff(workload)) {
        context.report(`spec.minAvailable is ${least}, and ${workload.name} may have ${pods}`);
      }
    });
  },
};

/** The least number of pods that a workload runs with. */
function leastPods(workload: Resource, { graph }: GraphContext): number {
  return autoscalerOf(workload, graph)?.number("spec.minReplicas") ?? workload.number("spec.replicas") ?? 1;
}
