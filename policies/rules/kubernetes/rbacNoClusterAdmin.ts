import type { ResourceRule } from "../../rule";
import { LEAST_PRIVILEGE } from "../support/clauses";
import { kind } from "./internal/objects";

export const rbacNoClusterAdmin: ResourceRule = {
  id: "rbac-no-cluster-admin",
  title: "Nobody is bound to cluster-admin",
  area: "identity",
  severity: "critical",
  frameworks: LEAST_PRIVILEGE,
  why: "cluster-admin reads every secret and changes every workload: with it, all other roles mean nothing.",
  fix: "Bind a role with what is needed; people get access by access entries of the cluster, for a time.",
  scope: "resource",
  types: [kind("rbac\\.authorization\\.k8s\\.io", "RoleBinding|ClusterRoleBinding")],
  check(binding, { report }) {
    if (binding.text("roleRef.name") === "cluster-admin") {
      report("roleRef.name is cluster-admin");
    }
  },
};
