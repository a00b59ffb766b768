import { GLOBAL } from "../../../cost/context";
import { MONTH_HOURS } from "../../../cost/priceTable";
import { iso27001, soc2 } from "../../frameworks";
import type { Graph, Resource } from "../../graph";
import type { GraphRule } from "../../rule";
import { STACK } from "../support/types";
import { plannedCost, requireKnown } from "./plannedCost";

/** The budgets of the whole account, month by month. */
function monthly(graph: Graph): Resource[] {
  return graph
    .ofType("aws:budgets/budget:Budget")
    .filter((budget) => budget.text("timeUnit") === "MONTHLY" && budget.text("budgetType") === "COST")
    .filter((budget) => budget.list("costFilters").length === 0 && budget.has("limitAmount"));
}

/** Whether a region of a cost is on AWS's bill: another cloud's locations have no such names. */
function isAws(region: string): boolean {
  return region === GLOBAL || /^[a-z]+(-[a-z]+)+-\d+$/.test(region);
}

export const costWithinBudget: GraphRule = {
  id: "cost-within-budget",
  title: "The month's budget of the account is above what its plan costs",
  area: "cost",
  severity: "medium",
  // A budget is an alarm, and while both colors run it may well ring: that must not stop a release.
  level: "advisory",
  frameworks: [soc2("CC9.1"), soc2("CC7.2"), iso27001("A.5.23")],
  why: "A budget that is used up every month alarms every month, and nobody reads it when something is wrong.",
  fix: "Set account.budget.monthlyUsd above what `cutover cost` says of AWS, and below what both colors would cost all month.",
  scope: "stacks",
  types: [STACK],
  applies: (_stack, { cost, graph }) => cost !== undefined && monthly(graph).length > 0,
  check(_stack, { graph, cost: inputs, report, each }) {
    const cost = plannedCost(graph, inputs!);
    const hourly = cost.lines.filter(({ region }) => isAws(region)).reduce((sum, { steady }) => sum + steady, 0);
    const month = hourly * MONTH_HOURS;
    each(monthly(graph), (budget) => {
      const limit = budget.number("limitAmount")!;
      // A rounding error is no money.
      if (month > limit + 1e-6) {
        report(`${budget.name} alarms at ${limit} USD a month, and what is planned on AWS costs ${Math.ceil(month)}`);
      } else {
        requireKnown(cost);
      }
    });
  },
};
