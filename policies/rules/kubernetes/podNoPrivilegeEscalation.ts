import type { ResourceRule } from "../../rule";
import { ISOLATION } from "../support/clauses";
import { at, eachContainer, isWindows, POD_TYPES } from "./internal/pods";

export const podNoPrivilegeEscalation: ResourceRule = {
  id: "pod-no-privilege-escalation",
  title: "No process may gain more privileges than its parent",
  area: "kubernetes",
  severity: "critical",
  frameworks: ISOLATION,
  why: "A program with the set-user-ID bit makes root of any user: then the user of the container protects nothing.",
  fix: "Set securityContext.allowPrivilegeEscalation to false on every container.",
  scope: "resource",
  types: POD_TYPES,
  check(workload, context) {
    eachContainer(workload, context, (container, pod) => {
      if (container.flag("securityContext.allowPrivilegeEscalation") !== false && !isWindows(pod)) {
        context.report(`${at(container, "securityContext.allowPrivilegeEscalation")} is not false`);
      }
    });
  },
};
