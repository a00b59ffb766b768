import { iso27001, soc2 } from "../../frameworks";
import type { ResourceRule } from "../../rule";
import { kind } from "./internal/objects";

export const routeWeights: ResourceRule = {
  id: "route-weights",
  title: "The weights of a route's backends are percentages",
  area: "rollout",
  severity: "critical",
  frameworks: [soc2("CC8.1"), iso27001("A.8.32"), soc2("A1.2")],
  why: "Weights are shares of their sum: if they do not add up to 100 (or 1000, for tenths) the split is not the percentage that was decided on, and all at 0 answer nobody.",
  fix: "Give each backend a weight, so that together they are 100, or 1000 for tenths.",
  scope: "resource",
  types: [kind("gateway\\.networking\\.k8s\\.io", "(?:HTTP|GRPC|TLS|TCP|UDP)Route")],
  // One backend gets everything, whatever its weight is, but 0.
  applies: (route) => route.list("spec.rules").some((rule) => rule.list("backendRefs").length > 0),
  check(route, context) {
    context.each(route.list("spec.rules"), (rule) => {
      const weights = rule.list("backendRefs").map((backend) => backend.number("weight") ?? 1);
      const sum = weights.reduce((total, weight) => total + weight, 0);
      if (weights.length === 1 ? sum === 0 : weights.length > 1 && sum !== 100 && sum !== 1000) {
        context.report(`the weights of ${rule.path} add up to ${sum}`);
      }
    });
  },
};
