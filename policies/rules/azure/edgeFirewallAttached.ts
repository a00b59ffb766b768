import type { GraphRule } from "../../rule";
import { EXPOSURE } from "../support/clauses";
import { azure, EDGE_DOMAIN, EDGE_ENDPOINT } from "./internal/types";

export const edgeFirewallAttached: GraphRule = {
  id: "azure-edge-firewall-attached",
  title: "Every host name of Front Door stands behind a firewall",
  area: "exposure",
  severity: "critical",
  frameworks: EXPOSURE,
  why: "A firewall that is attached to no domain protects nothing.",
  fix: "Name the domain or endpoint in the associations of a cdn.SecurityPolicy that has a wafPolicy.",
  scope: "stack",
  types: [EDGE_DOMAIN, EDGE_ENDPOINT],
  check(domain, { graph, report }) {
    const path = "parameters.associations[*].domains[*].id";
    const policies = graph.referrers(domain, azure("cdn", "SecurityPolicy"), path);
    if (
      !policies.some((policy) => policy.isUnknown("parameters.wafPolicy.id") || policy.has("parameters.wafPolicy.id"))
    ) {
      report("no security policy with a firewall names it");
    }
  },
};
