import type { GraphRule } from "../../rule";
import { CONTINUITY } from "../support/clauses";
import { autoscalerOf, isOff, REPLICATED } from "./internal/objects";

export const workloadReplicas: GraphRule = {
  id: "workload-replicas",
  title: "What runs has two pods at least",
  area: "availability",
  severity: "high",
  frameworks: CONTINUITY,
  why: "A single pod is gone with its node, and for the time of every update of the node.",
  fix: "Set replicas to 2 or more, or give the workload an autoscaler. Zero turns it off.",
  scope: "stack",
  types: [REPLICATED],
  // The floor of an autoscaler is another rule's.
  applies: (workload, { graph }) => autoscalerOf(workload, graph) === undefined && !isOff(workload),
  check(workload, { report }) {
    const replicas = workload.number("spec.replicas") ?? 1;
    if (replicas < 2) {
      report(`spec.replicas is ${replicas}`);
    }
  },
};
