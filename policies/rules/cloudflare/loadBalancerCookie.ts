import type { ResourceRule } from "../../rule";
import { TRANSIT } from "../support/clauses";
import { LOAD_BALANCER } from "./internal/balancing";

export const loadBalancerCookie: ResourceRule = {
  id: "cloudflare-load-balancer-cookie",
  title: "The cookie that keeps users at a place is sent over HTTPS only",
  area: "transit",
  severity: "medium",
  frameworks: TRANSIT,
  why: "Sent in clear or to other sites, it tells where a user is served, and lets others follow.",
  fix: "Set sessionAffinityAttributes.secure to Always, and samesite to Lax or Strict.",
  scope: "resource",
  types: [LOAD_BALANCER],
  applies: (balancer) => ["cookie", "ip_cookie"].includes(balancer.text("sessionAffinity") ?? "none"),
  check(balancer, { report }) {
    if (balancer.text("sessionAffinityAttributes.secure") !== "Always") {
      report("sessionAffinityAttributes.secure is not Always");
    }
    if (!["Lax", "Strict"].includes(balancer.text("sessionAffinityAttributes.samesite") ?? "")) {
      report("sessionAffinityAttributes.samesite is neither Lax nor Strict");
    }
  },
};
