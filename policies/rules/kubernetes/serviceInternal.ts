import type { ResourceRule } from "../../rule";
import { EXPOSURE } from "../support/clauses";
import { kind } from "./internal/objects";

/** The annotations by which a cloud is asked for a load balancer without a public address, and their values. */
const INTERNAL: readonly (readonly [string, string])[] = [
  ["service.beta.kubernetes.io/aws-load-balancer-scheme", "internal"],
  ["service.beta.kubernetes.io/aws-load-balancer-internal", "true"],
  ["service.beta.kubernetes.io/azure-load-balancer-internal", "true"],
  ["networking.gke.io/load-balancer-type", "Internal"],
];

export const serviceInternal: ResourceRule = {
  id: "service-internal",
  title: "No service has a load balancer of its own on the internet",
  area: "exposure",
  severity: "high",
  frameworks: EXPOSURE,
  why: "Such a load balancer stands past the edge: no firewall, no rate limit, no log of the program sees its requests.",
  fix: "Let the load balancers of the program send to the pods, or ask for an internal one by its annotation.",
  scope: "resource",
  types: [kind("core", "Service")],
  applies: (service) => service.text("spec.type") === "LoadBalancer",
  check(service, { report }) {
    if (!INTERNAL.some(([key, value]) => service.text(`metadata.annotations["${key}"]`) === value)) {
      report("spec.type is LoadBalancer, and no annotation makes it internal");
    }
  },
};
