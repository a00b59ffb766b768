import { isDeepStrictEqual } from "node:util";
import type { Node } from "../../node";
import type { ResourceRule } from "../../rule";
import { CONTINUITY } from "../support/clauses";
import { at, eachContainer, POD_TYPES } from "./internal/pods";

const CALLS = ["httpGet", "tcpSocket", "exec", "grpc"];

export const podLivenessDiffers: ResourceRule = {
  id: "pod-liveness-differs",
  title: "The liveness probe asks something else than the readiness probe",
  area: "availability",
  severity: "medium",
  frameworks: CONTINUITY,
  why: "Where both ask the same, a pod that only waits for its database is killed, and all pods are killed together.",
  fix: "Let livenessProbe ask for a path that depends on nothing but the process, such as /health/live.",
  scope: "resource",
  types: POD_TYPES,
  check(workload, context) {
    eachContainer(workload, context, (container) => {
      const liveness = callOf(container, "livenessProbe");
      if (liveness !== undefined && isDeepStrictEqual(liveness, callOf(container, "readinessProbe"))) {
        context.report(`${at(container, "livenessProbe")} makes the same call as readinessProbe`);
      }
    });
  },
};

/** What a probe does, without how often; undefined without a probe. */
function callOf(container: Node, probe: string): unknown {
  return container.has(probe) ? CALLS.map((call) => container.get(`${probe}.${call}`)) : undefined;
}
