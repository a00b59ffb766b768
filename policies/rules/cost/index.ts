import type { Rule } from "../../rule";
import { budgetExists } from "./budgetExists";
import { costAnomalyMonitor } from "./costAnomalyMonitor";
import { costStudentDay } from "./costStudentDay";
import { costWithinBudget } from "./costWithinBudget";

/** Rules on cost. */
export const costRules: readonly Rule[] = [budgetExists, costAnomalyMonitor, costStudentDay, costWithinBudget];
