import type { ResourceRule } from "../../rule";
import { ISOLATION } from "../support/clauses";
import { at, eachContainerOf, eachPod, isWindows, POD_TYPES, profileOf } from "./internal/pods";

const PROFILES = new Set<string | undefined>(["RuntimeDefault", "Localhost"]);

export const podSeccomp: ResourceRule = {
  id: "pod-seccomp",
  title: "Every container runs under a seccomp profile",
  area: "kubernetes",
  severity: "high",
  frameworks: ISOLATION,
  why: "Without a profile a container may make every call into the kernel, those with holes included.",
  fix: "Set securityContext.seccompProfile.type to RuntimeDefault on the pod.",
  scope: "resource",
  types: POD_TYPES,
  check(workload, context) {
    eachPod(workload, context, (pod) => {
      if (isWindows(pod)) {
        return;
      }
      const inherited = profileOf(pod, "spec.securityContext.seccompProfile");
      if (inherited !== undefined && !PROFILES.has(inherited)) {
        context.report(
          `${at(pod, "spec.securityContext.seccompProfile.type")} is neither RuntimeDefault nor Localhost`,
        );
      }
      eachContainerOf(pod, context, (container) => {
        if (!PROFILES.has(profileOf(container, "securityContext.seccompProfile") ?? inherited)) {
          context.report(
            `${at(container, "securityContext.seccompProfile.type")} is neither RuntimeDefault nor Localhost`,
          );
        }
      });
    });
  },
};
