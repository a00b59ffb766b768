import { ferpa, gdpr, iso27001, soc2 } from "../../frameworks";
import type { ResourceRule } from "../../rule";
import { CLUSTER } from "../support/types";

export const eksControlPlaneLogs: ResourceRule = {
  id: "eks-control-plane-logs",
  title: "A cluster keeps all logs of its control plane",
  area: "logging",
  severity: "high",
  frameworks: [ferpa("99.32"), gdpr("30"), gdpr("33"), soc2("CC7.2"), iso27001("A.8.15"), iso27001("A.8.16")],
  why: "Without audit and authenticator nobody can say who did what in a cluster.",
  fix: "Set enabledClusterLogTypes to api, audit, authenticator, controllerManager and scheduler.",
  scope: "resource",
  types: [CLUSTER],
  check(cluster, { report }) {
    const types = cluster.texts("enabledClusterLogTypes");
    const missing = ["api", "audit", "authenticator", "controllerManager", "scheduler"].filter(
      (type) => !types.includes(type),
    );
    if (missing.length > 0) {
      report(`enabledClusterLogTypes lacks ${missing.join(", ")}`);
    }
  },
};
