import { rdsMonitoring } from "../../../../policies/rules/logging/rdsMonitoring";
import { DATABASE } from "../../../../policies/rules/support/types";
import { describeRule, valuesOf } from "../../support/cases";

describeRule(
  rdsMonitoring,
  valuesOf({
    type: DATABASE,
    base: { performanceInsightsEnabled: true },
    path: "monitoringInterval",
    good: [60, 1],
    bad: [0],
    within: 1,
    beyond: 0,
  }),
);
