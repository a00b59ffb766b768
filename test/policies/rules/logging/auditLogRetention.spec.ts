import { auditLogRetention } from "../../../../policies/rules/logging/auditLogRetention";
import { LOG_GROUP } from "../../../../policies/rules/support/types";
import { describeRule, valuesOf } from "../../support/cases";
import { draft } from "../../support/draft";

describeRule(
  auditLogRetention,
  valuesOf({
    type: LOG_GROUP,
    base: { tags: { "data-class": "audit-log" } },
    path: "retentionInDays",
    good: [365, 400],
    bad: [90],
    absent: "passed",
    within: 365,
    beyond: 364,
    notApplicable: [{ what: "another log", resources: [draft(LOG_GROUP, { retentionInDays: 90 })] }],
  }),
);
