import type { ResourceRule } from "../../rule";
import { ISOLATION } from "../support/clauses";
import { at, eachSecurityContext, POD_TYPES } from "./internal/pods";

const TYPES = new Set(["", "container_t", "container_init_t", "container_kvm_t", "container_engine_t"]);

export const podSelinux: ResourceRule = {
  id: "pod-selinux",
  title: "No pod chooses an SELinux user, role or type that is not for containers",
  area: "kubernetes",
  severity: "medium",
  frameworks: ISOLATION,
  why: "With another label a process reaches the files of the node, which the label of containers keeps it from.",
  fix: "Take seLinuxOptions.user and role away; set type to a container type, or not at all.",
  scope: "resource",
  types: POD_TYPES,
  check(workload, context) {
    eachSecurityContext(workload, context, (holder) => {
      if (!TYPES.has(holder.text("securityContext.seLinuxOptions.type") ?? "")) {
        context.report(`${at(holder, "securityContext.seLinuxOptions.type")} is no type of containers`);
      }
      context.each(["user", "role"], (field) => {
        if ((holder.text(`securityContext.seLinuxOptions.${field}`) ?? "") !== "") {
          context.report(`${at(holder, `securityContext.seLinuxOptions.${field}`)} is set`);
        }
      });
    });
  },
};
