import type { ResourceRule } from "../../rule";
import { CONTINUITY } from "../support/clauses";
import { AUTOSCALER } from "./internal/objects";

export const autoscalerFloor: ResourceRule = {
  id: "autoscaler-floor",
  title: "No autoscaler goes below two pods",
  area: "availability",
  severity: "high",
  frameworks: CONTINUITY,
  why: "At night, with little load, a single pod would be all there is.",
  fix: "Set minReplicas to 2 or more; Kubernetes' own default is 1.",
  scope: "resource",
  types: [AUTOSCALER],
  check(autoscaler, { report }) {
    const floor = autoscaler.number("spec.minReplicas") ?? 1;
    if (floor < 2) {
      report(`spec.minReplicas is ${floor}`);
    }
  },
};
