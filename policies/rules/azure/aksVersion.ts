import { coppa, gdpr, iso27001, soc2 } from "../../frameworks";
import { SUPPORT, supportOf } from "../../data/versions";
import type { ResourceRule } from "../../rule";
import { aksVersionOf } from "./internal/aks";
import { CLUSTER, NODE_POOL } from "./internal/types";

export const aksVersion: ResourceRule = {
  id: "azure-aks-version",
  title: "The version of a cluster is supported",
  area: "versions",
  severity: "high",
  frameworks: [soc2("CC7.1"), gdpr("32(1)(b)"), coppa("312.8(a)"), iso27001("A.8.8")],
  why: "Out of support there are no fixes of holes, and Azure upgrades by force, at its own time.",
  fix: "Upgrade: one minor version at a time, control plane first.",
  scope: "resource",
  types: [CLUSTER, NODE_POOL],
  // A node pool without a version has its cluster's.
  applies: (resource) => !resource.type.endsWith(":AgentPool") || aksVersionOf(resource) !== undefined,
  check(resource, { report, today }) {
    const version = aksVersionOf(resource);
    const support = version === undefined ? undefined : supportOf(SUPPORT.aks, version, today);
    if (version === undefined) {
      report("kubernetesVersion is not set: it is whatever is new on the day of creation");
    } else if (support?.state === "ended") {
      report(`support of Kubernetes ${version} ended${support.until === undefined ? "" : ` on ${support.until}`}`);
    }
  },
};
