import { iso27001, soc2 } from "../../frameworks";
import type { GraphRule } from "../../rule";
import { regionsOf } from "../support/regions";
import { STACK } from "../support/types";

export const costAnomalyMonitor: GraphRule = {
  id: "cost-anomaly-monitor",
  title: "Unusual costs are noticed within a day",
  area: "cost",
  severity: "medium",
  frameworks: [soc2("CC7.2"), soc2("CC9.1"), iso27001("A.8.16")],
  why: "Stolen credentials are used to compute; the bill is the first who tells.",
  fix: "Add a costexplorer AnomalyMonitor with an AnomalySubscription.",
  scope: "stacks",
  types: [STACK],
  applies: (stack, { graph }) => regionsOf(stack, graph).length > 0,
  check(_stack, { report, graph }) {
    const monitors = graph.ofType("aws:costexplorer/anomalyMonitor:AnomalyMonitor");
    const subscriptions = graph.ofType("aws:costexplorer/anomalySubscription:AnomalySubscription");
    if (monitors.length === 0 || subscriptions.length === 0) {
      report("no anomaly monitor with a subscription is among the stacks");
    }
  },
};
