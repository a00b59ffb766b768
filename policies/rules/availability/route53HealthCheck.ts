import { gdpr, iso27001, soc2 } from "../../frameworks";
import type { ResourceRule } from "../../rule";
import { HEALTH_CHECK } from "../support/types";

export const route53HealthCheck: ResourceRule = {
  id: "route53-health-check",
  title: "A health check finds a dead region in 30 seconds",
  area: "availability",
  severity: "critical",
  frameworks: [gdpr("32(1)(b)"), soc2("A1.2"), iso27001("A.8.14"), iso27001("A.5.30")],
  why: "DNS sends users to a dead region until its health check says so.",
  fix: "Set type HTTPS with a resourcePath, requestInterval 10 and failureThreshold 3 at most.",
  scope: "resource",
  types: [HEALTH_CHECK],
  applies: (check) => !["CALCULATED", "CLOUDWATCH_METRIC", "RECOVERY_CONTROL"].includes(check.text("type") ?? ""),
  check(check, { report }) {
    const type = check.text("type") ?? "";
    if (!type.startsWith("HTTPS")) {
      report(`type is ${type}, not HTTPS: it checks less than what users need`);
    } else if ((check.text("resourcePath") ?? "") === "") {
      report("resourcePath is not set: it checks the front page");
    }
    if (check.number("requestInterval") !== 10) {
      report("requestInterval is not 10");
    }
    const failures = check.number("failureThreshold") ?? 3;
    if (failures > 3) {
      report(`failureThreshold is ${failures}, more than 3`);
    }
  },
};
