import type { ResourceRule } from "../../rule";
import { ISOLATION } from "../support/clauses";
import { at, eachPod, POD_TYPES } from "./internal/pods";

/** Safe by the standard's version 1.32 to 1.36. */
const SAFE = new Set<string | undefined>([
  "kernel.shm_rmid_forced",
  "net.ipv4.ip_local_port_range",
  "net.ipv4.ip_local_reserved_ports",
  "net.ipv4.ip_unprivileged_port_start",
  "net.ipv4.ping_group_range",
  "net.ipv4.tcp_fin_timeout",
  "net.ipv4.tcp_keepalive_intvl",
  "net.ipv4.tcp_keepalive_probes",
  "net.ipv4.tcp_keepalive_time",
  "net.ipv4.tcp_rmem",
  "net.ipv4.tcp_syncookies",
  "net.ipv4.tcp_wmem",
]);

export const podSysctls: ResourceRule = {
  id: "pod-sysctls",
  title: "Pods change no parameter of the kernel but the safe ones",
  area: "kubernetes",
  severity: "medium",
  frameworks: ISOLATION,
  why: "Other parameters reach beyond the pod: they weaken or starve every pod of the node.",
  fix: "Take the parameter away; set it on the nodes, if all of them need it.",
  scope: "resource",
  types: POD_TYPES,
  check(workload, context) {
    eachPod(workload, context, (pod) => {
      context.each(pod.list("spec.securityContext.sysctls"), (sysctl) => {
        if (!SAFE.has(sysctl.text("name"))) {
          context.report(`${at(sysctl, "name")} is not a safe parameter`);
        }
      });
    });
  },
};
