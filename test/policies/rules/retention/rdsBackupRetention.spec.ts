import { rdsBackupRetention } from "../../../../policies/rules/retention/rdsBackupRetention";
import { DATABASE } from "../../../../policies/rules/support/types";
import { describeRule, valuesOf } from "../../support/cases";
import { draft } from "../../support/draft";

describeRule(rdsBackupRetention, {
  ...valuesOf({
    type: DATABASE,
    path: "backupRetentionPeriod",
    good: [7, 30, 35],
    bad: [0, 36],
    within: 7,
    beyond: 6,
    notApplicable: [
      { what: "a reader that keeps none", resources: [draft(DATABASE, { replicateSourceDb: "primary" })] },
    ],
  }),
});
