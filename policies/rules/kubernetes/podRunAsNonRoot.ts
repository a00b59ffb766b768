import type { ResourceRule } from "../../rule";
import { ISOLATION } from "../support/clauses";
import { at, eachContainerOf, eachPod, hasUserNamespace, POD_TYPES } from "./internal/pods";

export const podRunAsNonRoot: ResourceRule = {
  id: "pod-run-as-non-root",
  title: "No container may run as root",
  area: "kubernetes",
  severity: "critical",
  frameworks: ISOLATION,
  why: "Root in a container is root on the node as soon as the kernel or the runtime has a hole.",
  fix: "Set securityContext.runAsNonRoot to true on the pod, and to false on no container.",
  scope: "resource",
  types: POD_TYPES,
  check(workload, context) {
    eachPod(workload, context, (pod) => {
      if (hasUserNamespace(pod)) {
        return;
      }
      const inherited = pod.flag("spec.securityContext.runAsNonRoot");
      if (inherited === false) {
        context.report(`${at(pod, "spec.securityContext.runAsNonRoot")} is false`);
      }
      eachContainerOf(pod, context, (container) => {
        if ((container.flag("securityContext.runAsNonRoot") ?? inherited) !== true) {
          context.report(`${at(container, "securityContext.runAsNonRoot")} is not true`);
        }
      });
    });
  },
};
