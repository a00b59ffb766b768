import type { ResourceRule } from "../../rule";
import { CONTINUITY } from "../support/clauses";
import { kind } from "./internal/objects";
import { at, eachPod } from "./internal/pods";

export const podReadiness: ResourceRule = {
  id: "pod-readiness",
  title: "A container that answers requests says when it is ready",
  area: "availability",
  severity: "high",
  frameworks: CONTINUITY,
  why: "Without a readiness probe a pod gets requests before it can answer them, in every rollout and after every restart.",
  fix: "Set readinessProbe on each container that has ports.",
  scope: "resource",
  types: [kind("apps|extensions|argoproj\\.io", "Deployment|StatefulSet|DaemonSet|ReplicaSet|Rollout")],
  check(workload, context) {
    eachPod(workload, context, (pod) => {
      context.each(pod.list("spec.containers"), (container) => {
        if (container.list("ports").length > 0 && !container.has("readinessProbe")) {
          context.report(`${at(container, "readinessProbe")} is not set`);
        }
      });
    });
  },
};
