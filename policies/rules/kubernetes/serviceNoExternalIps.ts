import type { ResourceRule } from "../../rule";
import { EXPOSURE } from "../support/clauses";
import { kind } from "./internal/objects";

export const serviceNoExternalIps: ResourceRule = {
  id: "service-no-external-ips",
  title: "No service claims addresses outside of the cluster",
  area: "exposure",
  severity: "high",
  frameworks: EXPOSURE,
  why: "Every node then sends what is meant for these addresses to the service: it reads the requests of others (CVE-2020-8554).",
  fix: "Take externalIPs away.",
  scope: "resource",
  types: [kind("core", "Service")],
  check(service, { report }) {
    if (service.list("spec.externalIPs").length > 0) {
      report("spec.externalIPs is set");
    }
  },
};
