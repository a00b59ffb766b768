import { ferpa, gdpr, iso27001, soc2 } from "../../frameworks";
import type { ResourceRule } from "../../rule";
import { LOAD_BALANCER } from "../support/types";

export const lbAccessLogs: ResourceRule = {
  id: "lb-access-logs",
  title: "A load balancer logs requests",
  area: "logging",
  severity: "high",
  frameworks: [ferpa("99.32"), gdpr("30"), gdpr("33"), soc2("CC7.2"), iso27001("A.8.15")],
  why: "Without it nobody can say which requests reached which color.",
  fix: "Set accessLogs.enabled to true with a bucket.",
  scope: "resource",
  types: [LOAD_BALANCER],
  check(loadBalancer, { report }) {
    if (loadBalancer.flag("accessLogs.enabled") !== true || !loadBalancer.has("accessLogs.bucket")) {
      report("accessLogs is not enabled");
    }
  },
};
