import type { GraphRule } from "../../rule";
import { EXPOSURE } from "../support/clauses";
import { checkIsolation } from "./internal/networkPolicies";
import { NAMESPACE } from "./internal/objects";

export const namespaceEgressDenied: GraphRule = {
  id: "namespace-egress-denied",
  title: "In every namespace, pods reach nothing that no policy allows",
  area: "exposure",
  severity: "critical",
  frameworks: EXPOSURE,
  why: "Data leaves through connections from the inside: a pod that was broken into sends it anywhere.",
  fix: "Add a NetworkPolicy with podSelector {} and policyTypes [Ingress, Egress], and policies for what is needed, DNS first.",
  scope: "stack",
  types: [NAMESPACE],
  check: (namespace, context) => checkIsolation(namespace, "Egress", context),
};
