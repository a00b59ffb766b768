import type { ResourceRule } from "../../rule";
import { ISOLATION } from "../support/clauses";
import { at, eachContainer, POD_TYPES } from "./internal/pods";

export const podHostPorts: ResourceRule = {
  id: "pod-host-ports",
  title: "No container opens a port of its node",
  area: "kubernetes",
  severity: "high",
  frameworks: ISOLATION,
  why: "A port of the node is reached past services and network policies, and holds the pod to one per node.",
  fix: "Take hostPort away, and put a service in front of the pods.",
  scope: "resource",
  types: POD_TYPES,
  check(workload, context) {
    eachContainer(workload, context, (container) => {
      context.each(container.list("ports"), (port) => {
        if ((port.number("hostPort") ?? 0) !== 0) {
          context.report(`${at(port, "hostPort")} is set`);
        }
      });
    });
  },
};
