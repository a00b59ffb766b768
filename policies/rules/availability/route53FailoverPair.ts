import { gdpr, iso27001, soc2 } from "../../frameworks";
import type { GraphRule } from "../../rule";
import { RECORD } from "../support/types";

export const route53FailoverPair: GraphRule = {
  id: "route53-failover-pair",
  title: "A name that fails over has a primary, a secondary, and a check of the primary",
  area: "availability",
  severity: "critical",
  frameworks: [gdpr("32(1)(b)"), soc2("A1.2"), iso27001("A.8.14"), iso27001("A.5.30")],
  why: "Without the other half there is nothing to fail over to; without a check nothing ever does.",
  fix: "Add records with failoverRoutingPolicies PRIMARY and SECONDARY; give the primary a healthCheckId, or evaluateTargetHealth.",
  scope: "stack",
  types: [RECORD],
  applies: (record) => record.list("failoverRoutingPolicies").length > 0,
  check(record, { report, graph }) {
    const kinds = graph
      .ofType(RECORD)
      .filter((other) => other.text("name") === record.text("name") && other.text("type") === record.text("type"))
      .flatMap((other) => other.texts("failoverRoutingPolicies[*].type"));
    const missing = ["PRIMARY", "SECONDARY"].filter((kind) => !kinds.includes(kind));
    if (missing.length > 0) {
      report(`there is no ${missing.join(" and no ")} for the name`);
    }
    const isPrimary = record.texts("failoverRoutingPolicies[*].type").includes("PRIMARY");
    const checked = record.isUnknown("healthCheckId") || record.has("healthCheckId");
    const evaluated = record.nodes("aliases[*]").some((alias) => alias.flag("evaluateTargetHealth") === true);
    if (isPrimary && !checked && !evaluated) {
      report("the primary has no health check");
    }
  },
};
