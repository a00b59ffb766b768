import type { ResourceRule } from "../../rule";
import { ISOLATION } from "../support/clauses";
import { at, eachContainer, isWindows, POD_TYPES } from "./internal/pods";

export const podReadOnlyRoot: ResourceRule = {
  id: "pod-read-only-root",
  title: "The root file system of every container is read-only",
  area: "kubernetes",
  severity: "high",
  frameworks: ISOLATION,
  why: "Whoever breaks into a container brings tools along, and changes the program that runs.",
  fix: "Set securityContext.readOnlyRootFilesystem to true, and mount an emptyDir where the program writes.",
  scope: "resource",
  types: POD_TYPES,
  check(workload, context) {
    eachContainer(workload, context, (container, pod) => {
      if (container.flag("securityContext.readOnlyRootFilesystem") !== true && !isWindows(pod)) {
        context.report(`${at(container, "securityContext.readOnlyRootFilesystem")} is not true`);
      }
    });
  },
};
