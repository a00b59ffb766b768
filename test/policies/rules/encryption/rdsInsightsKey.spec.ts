import { rdsInsightsKey } from "../../../../policies/rules/encryption/rdsInsightsKey";
import { DATABASE } from "../../../../policies/rules/support/types";
import { describeRule, valuesOf } from "../../support/cases";
import { draft } from "../../support/draft";
import { key } from "../aws";

describeRule(
  rdsInsightsKey,
  valuesOf({
    type: DATABASE,
    base: { performanceInsightsEnabled: true },
    path: "performanceInsightsKmsKeyId",
    good: [key("us-east-1")],
    bad: [null],
    notApplicable: [{ what: "without Performance Insights", resources: [draft(DATABASE, {})] }],
  }),
);
