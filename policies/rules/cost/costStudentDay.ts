import { iso27001, soc2 } from "../../frameworks";
import type { GraphRule } from "../../rule";
import { STACK } from "../support/types";
import { plannedCost, requireKnown } from "./plannedCost";

export const costStudentDay: GraphRule = {
  id: "cost-student-day",
  title: "A student costs no more per day than promised",
  area: "cost",
  severity: "high",
  frameworks: [soc2("CC9.1"), soc2("A1.1"), iso27001("A.5.23"), iso27001("A.8.6")],
  why: "Schools pay per student. A plan that costs more than they pay is found out by the bill, a month later.",
  fix: "`cutover cost` shows which part it is; or correct cutover:cost.students, or decide on another budgetStudentDay.",
  scope: "stacks",
  types: [STACK],
  // Only config says how many students there are, and how much work they make.
  applies: (_stack, { cost }) => cost !== undefined,
  check(_stack, { graph, cost: inputs, report }) {
    const cost = plannedCost(graph, inputs!);
    const { steady } = cost.perStudentDay;
    // A rounding error is no money.
    if (steady > inputs!.budgetStudentDay + 1e-9) {
      report(
        `a student costs ${steady.toFixed(4)} USD a day with ${inputs!.students} students, more than ${inputs!.budgetStudentDay}`,
      );
    } else {
      requireKnown(cost);
    }
  },
};
