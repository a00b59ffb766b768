import type { ResourceRule } from "../../rule";
import { ISOLATION } from "../support/clauses";
import { at, eachContainer, POD_TYPES } from "./internal/pods";

export const podNotPrivileged: ResourceRule = {
  id: "pod-not-privileged",
  title: "No container is privileged",
  area: "kubernetes",
  severity: "critical",
  frameworks: ISOLATION,
  why: "A privileged container has the devices and the kernel of the node: it reads every other pod of it.",
  fix: "Take securityContext.privileged away; name the capability that is needed, if it is an allowed one.",
  scope: "resource",
  types: POD_TYPES,
  check(workload, context) {
    eachContainer(workload, context, (container) => {
      if (container.flag("securityContext.privileged") === true) {
        context.report(`${at(container, "securityContext.privileged")} is true`);
      }
    });
  },
};
