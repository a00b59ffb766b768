import type { ResourceRule } from "../../rule";
import { LEAST_PRIVILEGE } from "../support/clauses";
import { CLUSTER } from "./internal/types";

export const aksRbac: ResourceRule = {
  id: "azure-aks-rbac",
  title: "Who may do what in a cluster is decided by roles of Entra identities",
  area: "identity",
  severity: "high",
  frameworks: LEAST_PRIVILEGE,
  why: "Without it everybody who reaches the API may do everything.",
  fix: "Leave enableRBAC on, and set aadProfile.managed to true.",
  scope: "resource",
  types: [CLUSTER],
  check(cluster, { report }) {
    if (cluster.flag("enableRBAC") === false) {
      report("enableRBAC is false");
    }
    if (cluster.flag("aadProfile.managed") !== true) {
      report("aadProfile.managed is not true");
    }
  },
};
