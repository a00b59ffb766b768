import { gdpr, iso27001, soc2 } from "../../frameworks";
import type { GraphRule } from "../../rule";
import { HEALTH_CHECK, RECORD } from "../support/types";

export const route53RecoveryTime: GraphRule = {
  id: "route53-recovery-time",
  title: "Users reach another region in the time that is promised",
  area: "availability",
  severity: "critical",
  frameworks: [gdpr("32(1)(b)"), soc2("A1.2"), iso27001("A.8.14"), iso27001("A.5.30"), soc2("CC9.1")],
  why: "Detection and the life of a DNS answer add up: 10 s × 3 + 60 s are 90 s, not 60.",
  fix: "Lower the record's ttl, or requestInterval and failureThreshold of its health check; or promise a longer time (recoverySeconds).",
  scope: "stack",
  types: [RECORD],
  settings: ["recoverySeconds"],
  applies: (record) => record.isUnknown("healthCheckId") || record.has("healthCheckId"),
  check(record, { report, graph, settings, each }) {
    // Aliases to AWS targets are answered with 60 s.
    const ttl = record.list("aliases").length > 0 ? 60 : (record.number("ttl") ?? 0);
    each(graph.targets(record, "healthCheckId", HEALTH_CHECK), (check) => {
      const detection = (check.number("requestInterval") ?? 30) * (check.number("failureThreshold") ?? 3);
      if (detection + ttl > settings.recoverySeconds) {
        report(`detection takes ${detection} s and the answer lives ${ttl} s: more than ${settings.recoverySeconds} s`);
      }
    });
  },
};
