import { logGroupRetention } from "../../../../policies/rules/logging/logGroupRetention";
import { LOG_GROUP } from "../../../../policies/rules/support/types";
import { describeRule, valuesOf } from "../../support/cases";
import { draft } from "../../support/draft";

describeRule(
  logGroupRetention,
  valuesOf({
    type: LOG_GROUP,
    path: "retentionInDays",
    good: [1, 365],
    bad: [0],
    within: 1,
    beyond: 0,
    notApplicable: [
      {
        what: "a class of its own keeps events for two days",
        resources: [draft(LOG_GROUP, { logGroupClass: "DELIVERY" })],
      },
    ],
  }),
);
