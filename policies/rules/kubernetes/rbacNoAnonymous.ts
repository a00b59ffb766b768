import type { ResourceRule } from "../../rule";
import { LEAST_PRIVILEGE } from "../support/clauses";
import { kind } from "./internal/objects";
import { at } from "./internal/pods";

/** Everybody: without a name, or with any. */
const CROWDS = ["system:anonymous", "system:unauthenticated", "system:authenticated", "system:serviceaccounts"];

export const rbacNoAnonymous: ResourceRule = {
  id: "rbac-no-anonymous",
  title: "No role is bound to everybody",
  area: "identity",
  severity: "critical",
  frameworks: LEAST_PRIVILEGE,
  why: "What is bound to these groups is open to whoever reaches the API, or to every pod of the cluster.",
  fix: "Name the users, groups or service accounts that need the role.",
  scope: "resource",
  types: [kind("rbac\\.authorization\\.k8s\\.io", "RoleBinding|ClusterRoleBinding")],
  check(binding, context) {
    context.each(binding.list("subjects"), (subject) => {
      if (CROWDS.includes(subject.text("name") ?? "")) {
        context.report(`${at(subject, "name")} is everybody`);
      }
    });
  },
};
