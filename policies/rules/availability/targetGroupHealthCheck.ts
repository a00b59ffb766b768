import { gdpr, iso27001, soc2 } from "../../frameworks";
import type { ResourceRule } from "../../rule";
import { TARGET_GROUP } from "../support/types";

export const targetGroupHealthCheck: ResourceRule = {
  id: "target-group-health-check",
  title: "A load balancer finds a dead pod in the time that is promised",
  area: "availability",
  severity: "high",
  frameworks: [gdpr("32(1)(b)"), soc2("A1.2"), iso27001("A.8.14"), iso27001("A.5.30")],
  why: "Until then a share of the requests fails.",
  fix: "Set healthCheck with an HTTP path; interval × unhealthyThreshold within recoverySeconds.",
  scope: "resource",
  types: [TARGET_GROUP],
  settings: ["recoverySeconds"],
  applies: (group) => group.text("targetType") !== "lambda",
  check(group, { report, settings }) {
    if (group.flag("healthCheck.enabled") === false) {
      report("healthCheck.enabled is false");
    }
    if (!group.has("healthCheck.path") && (group.text("protocol") ?? "").startsWith("HTTP")) {
      report("healthCheck.path is not set: it checks the front page");
    }
    const seconds =
      (group.number("healthCheck.interval") ?? 30) * (group.number("healthCheck.unhealthyThreshold") ?? 3);
    if (seconds > settings.recoverySeconds) {
      report(`a dead target is found after ${seconds} s, more than ${settings.recoverySeconds} s`);
    }
  },
};
