import type { ResourceRule } from "../../rule";
import { EXPOSURE } from "../support/clauses";
import { isAnywhere } from "./internal/access";
import { CLUSTER } from "./internal/types";

export const aksPrivate: ResourceRule = {
  id: "azure-aks-private",
  title: "The API of a cluster does not answer the whole internet",
  area: "exposure",
  severity: "critical",
  frameworks: EXPOSURE,
  why: "Every hole of the Kubernetes API, and every stolen token, is then open to everybody.",
  fix: "Set apiServerAccessProfile.enablePrivateCluster to true, or name ranges in authorizedIPRanges.",
  scope: "resource",
  types: [CLUSTER],
  check(cluster, { report }) {
    const ranges = cluster.texts("apiServerAccessProfile.authorizedIPRanges");
    if (cluster.flag("apiServerAccessProfile.enablePrivateCluster") === true) {
      return;
    }
    if (ranges.length === 0) {
      report("apiServerAccessProfile has neither enablePrivateCluster nor authorizedIPRanges");
    } else if (ranges.some(isAnywhere)) {
      report("apiServerAccessProfile.authorizedIPRanges lets everybody in");
    }
  },
};
