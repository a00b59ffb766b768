import type { ResourceRule } from "../../rule";
import { ISOLATION } from "../support/clauses";
import { at, eachPod, eachSecurityContext, POD_TYPES, profileOf } from "./internal/pods";

/** How profiles were chosen before v1.30; Kubernetes still honors it. */
const ANNOTATION = "container.apparmor.security.beta.kubernetes.io/";

export const podAppArmor: ResourceRule = {
  id: "pod-app-armor",
  title: "No pod switches AppArmor off",
  area: "kubernetes",
  severity: "medium",
  frameworks: ISOLATION,
  why: "The default profile keeps a container from mounting and from parts of /proc and /sys; unconfined, nothing does.",
  fix: "Take appArmorProfile away, or set its type to RuntimeDefault or Localhost; the same for the old annotations.",
  scope: "resource",
  types: POD_TYPES,
  check(workload, context) {
    eachSecurityContext(workload, context, (holder) => {
      const type = profileOf(holder, "securityContext.appArmorProfile");
      if (type !== undefined && type !== "RuntimeDefault" && type !== "Localhost") {
        context.report(`${at(holder, "securityContext.appArmorProfile.type")} is neither RuntimeDefault nor Localhost`);
      }
    });
    eachPod(workload, context, (pod) => {
      const profiles = pod.keys("metadata.annotations").filter((key) => key.startsWith(ANNOTATION));
      context.each(profiles, (key) => {
        const path = `metadata.annotations["${key}"]`;
        if (!/^$|^runtime\/default$|^localhost\//.test(pod.text(path) ?? "")) {
          context.report(`${at(pod, path)} is neither runtime/default nor localhost/*`);
        }
      });
    });
  },
};
