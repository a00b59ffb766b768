import { iso27001, soc2 } from "../../frameworks";
import type { GraphRule } from "../../rule";
import { autoscalerOf, REPLICATED } from "./internal/objects";

export const autoscalerOwnsReplicas: GraphRule = {
  id: "autoscaler-owns-replicas",
  title: "Where an autoscaler sets the number of pods, the program does not",
  area: "availability",
  severity: "high",
  frameworks: [soc2("A1.1"), iso27001("A.8.6")],
  why: "Each deployment would set the number back to what the program says, under full load, too.",
  fix: "Leave replicas unset on the workload, and set minReplicas of its autoscaler.",
  scope: "stack",
  types: [REPLICATED],
  applies: (workload, { graph }) => autoscalerOf(workload, graph) !== undefined,
  check(workload, { report }) {
    if (workload.has("spec.replicas")) {
      report("spec.replicas is set, and an autoscaler sets it, too");
    }
  },
};
