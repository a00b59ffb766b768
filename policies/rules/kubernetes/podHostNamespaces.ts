import type { ResourceRule } from "../../rule";
import { ISOLATION } from "../support/clauses";
import { at, eachPod, POD_TYPES } from "./internal/pods";

export const podHostNamespaces: ResourceRule = {
  id: "pod-host-namespaces",
  title: "No pod shares the network, the processes or the memory of its node",
  area: "kubernetes",
  severity: "critical",
  frameworks: ISOLATION,
  why: "In the host network a pod passes every network policy and reaches the credentials of the node; with the host processes it reads the memory of other pods.",
  fix: "Take hostNetwork, hostPID and hostIPC away from the pod.",
  scope: "resource",
  types: POD_TYPES,
  check(workload, context) {
    eachPod(workload, context, (pod) => {
      context.each(["hostNetwork", "hostPID", "hostIPC"], (namespace) => {
        if (pod.flag(`spec.${namespace}`) === true) {
          context.report(`${at(pod, `spec.${namespace}`)} is true`);
        }
      });
    });
  },
};
