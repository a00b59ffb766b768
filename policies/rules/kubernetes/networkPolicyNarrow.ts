import type { Node } from "../../node";
import type { ResourceRule } from "../../rule";
import { EXPOSURE } from "../support/clauses";
import { EVERYBODY } from "../support/network";
import { NETWORK_POLICY } from "./internal/networkPolicies";

export const networkPolicyNarrow: ResourceRule = {
  id: "network-policy-narrow",
  title: "No network policy opens every port to everybody",
  area: "exposure",
  severity: "high",
  frameworks: EXPOSURE,
  why: "Policies add up: one rule without peers and ports undoes the default deny of its namespace.",
  fix: "Name the peers, or at least the ports, in each rule.",
  scope: "resource",
  types: [NETWORK_POLICY],
  check(policy, context) {
    context.each(policy.list("spec.ingress"), (rule) => look(rule, "from"));
    context.each(policy.list("spec.egress"), (rule) => look(rule, "to"));

    function look(rule: Node, side: string): void {
      const peers = rule.list(side);
      const forAll = peers.length === 0 || peers.some((peer) => EVERYBODY.includes(peer.text("ipBlock.cidr") ?? ""));
      if (forAll && rule.list("ports").length === 0) {
        context.report(`${rule.path} has neither peers nor ports that limit it`);
      }
    }
  },
};
