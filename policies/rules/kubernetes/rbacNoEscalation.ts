import type { ResourceRule } from "../../rule";
import { LEAST_PRIVILEGE } from "../support/clauses";
import { kind } from "./internal/objects";
import { at } from "./internal/pods";

/** Verbs by which somebody takes rights that were not given. */
const VERBS = ["bind", "escalate", "impersonate"];
/** What runs a command in any pod, with the rights and secrets of that pod. */
const SHELLS = ["pods/exec", "pods/attach", "nodes/proxy"];

export const rbacNoEscalation: ResourceRule = {
  id: "rbac-no-escalation",
  title: "No role allows to take further rights, or to enter pods",
  area: "identity",
  severity: "high",
  frameworks: LEAST_PRIVILEGE,
  why: "Who may bind, escalate, impersonate or enter pods has the rights of everybody else.",
  fix: "Take the verbs bind, escalate and impersonate, and the resources pods/exec, pods/attach and nodes/proxy, away.",
  scope: "resource",
  types: [kind("rbac\\.authorization\\.k8s\\.io", "Role|ClusterRole")],
  check(role, context) {
    context.each(role.list("rules"), (rule) => {
      const verbs = rule.texts("verbs").filter((verb) => VERBS.includes(verb));
      const shells = rule.texts("resources").filter((resource) => SHELLS.includes(resource));
      if (verbs.length > 0) {
        context.report(`${at(rule, "verbs")} has ${verbs.join(", ")}`);
      }
      if (shells.length > 0) {
        context.report(`${at(rule, "resources")} has ${shells.join(", ")}`);
      }
    });
  },
};
