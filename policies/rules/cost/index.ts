import type { Rule } from "../../rule";
import { budgetExists } from "./budgetExists";
import { costAnomalyMonitor } from "./costAnomalyMonitor";

/** Rules on cost. */
export const costRules: readonly Rule[] = [budgetExists, costAnomalyMonitor];
