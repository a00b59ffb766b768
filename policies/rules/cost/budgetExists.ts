import { iso27001, soc2 } from "../../frameworks";
import type { GraphRule } from "../../rule";
import { regionsOf } from "../support/regions";
import { STACK } from "../support/types";

export const budgetExists: GraphRule = {
  id: "budget-exists",
  title: "The account has a budget, and somebody hears of it",
  area: "cost",
  severity: "high",
  frameworks: [soc2("CC9.1"), soc2("A1.1"), iso27001("A.5.23")],
  why: "Two colors cost twice; a forgotten one is found at the end of the month, if ever.",
  fix: "Add a budgets Budget with notifications, one of them FORECASTED.",
  scope: "stacks",
  types: [STACK],
  applies: (stack, { graph }) => regionsOf(stack, graph).length > 0,
  check(_stack, { report, graph }) {
    const budgets = graph
      .ofType("aws:budgets/budget:Budget")
      .filter((budget) => budget.list("notifications").length > 0);
    if (budgets.length === 0) {
      report("no budget with notifications is among the stacks");
    }
  },
};
