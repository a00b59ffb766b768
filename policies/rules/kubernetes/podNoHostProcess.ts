import type { ResourceRule } from "../../rule";
import { ISOLATION } from "../support/clauses";
import { at, eachSecurityContext, POD_TYPES } from "./internal/pods";

export const podNoHostProcess: ResourceRule = {
  id: "pod-no-host-process",
  title: "No Windows container runs as a process of its node",
  area: "kubernetes",
  severity: "critical",
  frameworks: ISOLATION,
  why: "A host process container is the node: it has its users, files and network.",
  fix: "Take windowsOptions.hostProcess away.",
  scope: "resource",
  types: POD_TYPES,
  check(workload, context) {
    eachSecurityContext(workload, context, (holder) => {
      if (holder.flag("securityContext.windowsOptions.hostProcess") === true) {
        context.report(`${at(holder, "securityContext.windowsOptions.hostProcess")} is true`);
      }
    });
  },
};
