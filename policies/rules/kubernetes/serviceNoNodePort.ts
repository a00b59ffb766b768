import type { ResourceRule } from "../../rule";
import { EXPOSURE } from "../support/clauses";
import { kind } from "./internal/objects";

export const serviceNoNodePort: ResourceRule = {
  id: "service-no-node-port",
  title: "No service opens a port on every node",
  area: "exposure",
  severity: "medium",
  frameworks: EXPOSURE,
  why: "A node port is reached by everything that reaches a node, and network policies see the node as its sender.",
  fix: "Use type ClusterIP, and register the pods in a target group.",
  scope: "resource",
  types: [kind("core", "Service")],
  check(service, { report }) {
    if (service.text("spec.type") === "NodePort") {
      report("spec.type is NodePort");
    }
  },
};
