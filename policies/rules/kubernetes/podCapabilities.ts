import type { ResourceRule } from "../../rule";
import { ISOLATION } from "../support/clauses";
import { at, eachContainer, isWindows, POD_TYPES } from "./internal/pods";

export const podCapabilities: ResourceRule = {
  id: "pod-capabilities",
  title: "Every container drops all capabilities, and adds none but NET_BIND_SERVICE",
  area: "kubernetes",
  severity: "critical",
  frameworks: ISOLATION,
  why: "A capability is a part of root: with NET_RAW a pod forges packets, with SYS_ADMIN it leaves its container.",
  fix: "Set securityContext.capabilities.drop to [ALL], and add nothing but NET_BIND_SERVICE.",
  scope: "resource",
  types: POD_TYPES,
  check(workload, context) {
    eachContainer(workload, context, (container, pod) => {
      if (isWindows(pod)) {
        return;
      }
      if (!container.texts("securityContext.capabilities.drop").includes("ALL")) {
        context.report(`${at(container, "securityContext.capabilities.drop")} has no ALL`);
      }
      if (container.texts("securityContext.capabilities.add").some((added) => added !== "NET_BIND_SERVICE")) {
        context.report(`${at(container, "securityContext.capabilities.add")} has more than NET_BIND_SERVICE`);
      }
    });
  },
};
