import type { ResourceRule } from "../../rule";
import { ISOLATION } from "../support/clauses";
import { at, eachContainer, POD_TYPES } from "./internal/pods";

export const podProcMount: ResourceRule = {
  id: "pod-proc-mount",
  title: "No container sees /proc without its masks",
  area: "kubernetes",
  severity: "high",
  frameworks: ISOLATION,
  why: "The masks hide files of the kernel through which a process changes or reads the node.",
  fix: "Take securityContext.procMount away, or set it to Default.",
  scope: "resource",
  types: POD_TYPES,
  check(workload, context) {
    eachContainer(workload, context, (container) => {
      if ((container.text("securityContext.procMount") ?? "Default") !== "Default") {
        context.report(`${at(container, "securityContext.procMount")} is not Default`);
      }
    });
  },
};
