import type { ResourceRule } from "../../rule";
import { LEAST_PRIVILEGE } from "../support/clauses";
import { kind } from "./internal/objects";
import { at } from "./internal/pods";

const FIELDS = ["verbs", "resources", "apiGroups", "nonResourceURLs"];

export const rbacNoWildcard: ResourceRule = {
  id: "rbac-no-wildcard",
  title: "No role allows everything of a kind with *",
  area: "identity",
  severity: "high",
  frameworks: LEAST_PRIVILEGE,
  why: "A wildcard allows what does not exist yet, too: every resource that is installed later, secrets included.",
  fix: "List the verbs, resources and groups that are needed.",
  scope: "resource",
  types: [kind("rbac\\.authorization\\.k8s\\.io", "Role|ClusterRole")],
  check(role, context) {
    context.each(role.list("rules"), (rule) => {
      context.each(FIELDS, (field) => {
        if (rule.texts(field).some((value) => value.includes("*"))) {
          context.report(`${at(rule, field)} has a wildcard`);
        }
      });
    });
  },
};
