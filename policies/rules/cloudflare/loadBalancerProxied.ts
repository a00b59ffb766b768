import type { ResourceRule } from "../../rule";
import { EXPOSURE } from "../support/clauses";
import { LOAD_BALANCER } from "./internal/balancing";

export const loadBalancerProxied: ResourceRule = {
  id: "cloudflare-load-balancer-proxied",
  title: "A load balancer at the edge is proxied",
  area: "exposure",
  severity: "critical",
  frameworks: EXPOSURE,
  why: "Otherwise it only answers names: users see the addresses of the origins, and reach them past the firewall.",
  fix: "Set proxied to true.",
  scope: "resource",
  types: [LOAD_BALANCER],
  check(balancer, { report }) {
    if (balancer.flag("proxied") !== true) {
      report("proxied is not true");
    }
  },
};
