import { recordLogsWithinMaximum } from "../../../../policies/rules/retention/recordLogsWithinMaximum";
import { LOG_GROUP } from "../../../../policies/rules/support/types";
import { describeRule, valuesOf } from "../../support/cases";
import { draft } from "../../support/draft";
import { RECORD_TAGS } from "../aws";

describeRule(
  recordLogsWithinMaximum,
  valuesOf({
    type: LOG_GROUP,
    base: { tags: RECORD_TAGS },
    path: "retentionInDays",
    good: [90, 365],
    bad: [0, 3653],
    within: 2557,
    beyond: 2922,
    notApplicable: [{ what: "another log", resources: [draft(LOG_GROUP, { retentionInDays: 3653 })] }],
  }),
);
