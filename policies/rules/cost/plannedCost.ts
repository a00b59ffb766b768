import { costOf, type Cost } from "../../../cost/cost";
import type { CostInputs } from "../../../cost/inputs";
import { PRICES } from "../../../cost/priceTable";
import type { Graph } from "../../graph";

const known = new WeakMap<Graph, { inputs: CostInputs; cost: Cost }>();

/** What everything in a graph costs. Several rules ask for it. */
export function plannedCost(graph: Graph, inputs: CostInputs): Cost {
  const before = known.get(graph);
  if (before?.inputs === inputs) {
    return before.cost;
  }
  const records = graph.resources.map(({ record }) => record);
  const cost = costOf(records, PRICES, inputs);
  known.set(graph, { inputs, cost });
  return cost;
}

/** What is not known yet could cost more: a cost that is low enough passes only when nothing of it is open. @throws Undetermined */
export function requireKnown({ open }: Cost): void {
  if (open !== undefined) {
    throw open;
  }
}
