import type { ResourceRule } from "../../rule";
import { ISOLATION } from "../support/clauses";
import { at, eachSecurityContext, hasUserNamespace, POD_TYPES } from "./internal/pods";

export const podUserNotRoot: ResourceRule = {
  id: "pod-user-not-root",
  title: "No pod or container names root as its user",
  area: "kubernetes",
  severity: "critical",
  frameworks: ISOLATION,
  why: "A user id of 0 is root, whatever the image says; the kubelet then refuses to start the pod, or it runs as root.",
  fix: "Set securityContext.runAsUser to a number above 0, or leave it to the image.",
  scope: "resource",
  types: POD_TYPES,
  check(workload, context) {
    eachSecurityContext(workload, context, (holder, pod) => {
      if (holder.number("securityContext.runAsUser") === 0 && !hasUserNamespace(pod)) {
        context.report(`${at(holder, "securityContext.runAsUser")} is 0`);
      }
    });
  },
};
