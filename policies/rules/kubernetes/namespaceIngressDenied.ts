import type { GraphRule } from "../../rule";
import { EXPOSURE } from "../support/clauses";
import { checkIsolation } from "./internal/networkPolicies";
import { NAMESPACE } from "./internal/objects";

export const namespaceIngressDenied: GraphRule = {
  id: "namespace-ingress-denied",
  title: "In every namespace, what no policy allows does not reach a pod",
  area: "exposure",
  severity: "critical",
  frameworks: EXPOSURE,
  why: "Without it every pod of the cluster reaches every other, one that was broken into included.",
  fix: "Add a NetworkPolicy with podSelector {} and policyTypes [Ingress, Egress] to the namespace.",
  scope: "stack",
  types: [NAMESPACE],
  check: (namespace, context) => checkIsolation(namespace, "Ingress", context),
};
