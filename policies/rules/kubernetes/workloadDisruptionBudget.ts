import type { GraphRule } from "../../rule";
import { CONTINUITY } from "../support/clauses";
import { budgetsOf } from "./internal/budgets";
import { isOff, REPLICATED } from "./internal/objects";

export const workloadDisruptionBudget: GraphRule = {
  id: "workload-disruption-budget",
  title: "What runs has a disruption budget",
  area: "availability",
  severity: "high",
  frameworks: CONTINUITY,
  why: "Without one, an update of the nodes takes as many pods away at once as it likes.",
  fix: "Add a PodDisruptionBudget whose selector matches the labels of the pods.",
  scope: "stack",
  types: [REPLICATED],
  applies: (workload) => !isOff(workload),
  check(workload, { graph, report }) {
    if (budgetsOf(workload, graph).length === 0) {
      report("no disruption budget of its namespace selects its pods");
    }
  },
};
