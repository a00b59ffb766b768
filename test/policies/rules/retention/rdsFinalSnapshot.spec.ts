import { rdsFinalSnapshot } from "../../../../policies/rules/retention/rdsFinalSnapshot";
import { DATABASE } from "../../../../policies/rules/support/types";
import { describeRule, valuesOf } from "../../support/cases";

describeRule(
  rdsFinalSnapshot,
  valuesOf({
    type: DATABASE,
    base: { copyTagsToSnapshot: true, deleteAutomatedBackups: false },
    path: "skipFinalSnapshot",
    good: [false],
    bad: [true],
    absent: "passed",
  }),
);
