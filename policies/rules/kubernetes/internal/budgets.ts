import type { Graph, Resource } from "../../../graph";
import { kind, neighbors, podLabelsOf, REPLICATED, selects } from "./objects";

export const BUDGET = kind("policy", "PodDisruptionBudget");

/** The disruption budgets that count the pods of a workload. */
export function budgetsOf(workload: Resource, graph: Graph): Resource[] {
  const labels = podLabelsOf(workload);
  return neighbors(workload, graph, BUDGET).filter((budget) => selects(budget, "spec.selector", labels));
}

/** The workloads whose pods a disruption budget counts. */
export function budgeted(budget: Resource, graph: Graph): Resource[] {
  return neighbors(budget, graph, REPLICATED).filter((workload) =>
    selects(budget, "spec.selector", podLabelsOf(workload)),
  );
}
