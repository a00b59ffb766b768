import type { ResourceRule } from "../../rule";
import { CONTINUITY } from "../support/clauses";
import { at, destinationsOf, LOAD_BALANCER, setterOf } from "./internal/balancing";

export const loadBalancerRedundant: ResourceRule = {
  id: "cloudflare-load-balancer-redundant",
  title: "Users of a load balancer have a second place to go to",
  area: "availability",
  severity: "high",
  frameworks: CONTINUITY,
  why: "With one pool, or a fallback that is the first pool, there is nowhere to go when it fails.",
  fix: "Name two pools, and a fallbackPool that is not the first of defaultPools; in the overrides of rules, too.",
  scope: "resource",
  types: [LOAD_BALANCER],
  check(balancer, context) {
    context.each(destinationsOf(balancer), (destination) => {
      const [first] = setterOf(destination, balancer, "defaultPools").texts("defaultPools");
      const fallback = setterOf(destination, balancer, "fallbackPool").text("fallbackPool");
      if (first === fallback) {
        context.report(`${at(destination, "fallbackPool")} is the first pool`);
      }
    });
  },
};
