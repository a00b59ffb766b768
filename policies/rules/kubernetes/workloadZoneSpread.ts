import type { ResourceRule } from "../../rule";
import { CONTINUITY } from "../support/clauses";
import { REPLICATED } from "./internal/objects";

const ZONE = "topology.kubernetes.io/zone";
const ANTI_AFFINITY = "spec.template.spec.affinity.podAntiAffinity";

export const workloadZoneSpread: ResourceRule = {
  id: "workload-zone-spread",
  title: "The pods of a workload are spread over zones",
  area: "availability",
  severity: "high",
  frameworks: CONTINUITY,
  why: "The scheduler may put all pods into one zone: when that zone fails, so does the workload.",
  fix: "Add a topologySpreadConstraint with the topologyKey topology.kubernetes.io/zone.",
  scope: "resource",
  types: [REPLICATED],
  check(workload, { report }) {
    const keys = [
      "spec.template.spec.topologySpreadConstraints[*].topologyKey",
      `${ANTI_AFFINITY}.requiredDuringSchedulingIgnoredDuringExecution[*].topologyKey`,
      `${ANTI_AFFINITY}.preferredDuringSchedulingIgnoredDuringExecution[*].podAffinityTerm.topologyKey`,
    ];
    if (!keys.some((path) => workload.texts(path).includes(ZONE))) {
      report(`nothing spreads the pods by ${ZONE}`);
    }
  },
};
