import { backupPlanLifecycle } from "../../../../policies/rules/retention/backupPlanLifecycle";
import { BACKUP_PLAN } from "../../../../policies/rules/support/types";
import { describeRule, valuesOf } from "../../support/cases";
import { draft } from "../../support/draft";

describeRule(backupPlanLifecycle, {
  ...valuesOf({
    type: BACKUP_PLAN,
    base: { rules: [{ ruleName: "daily" }] },
    path: "rules[0].lifecycle.deleteAfter",
    good: [35],
    bad: [9999],
    within: 2557,
    beyond: 2558,
  }),
  fails: [
    {
      what: "a copy that stays",
      resources: [
        draft(BACKUP_PLAN, {
          rules: [{ lifecycle: { deleteAfter: 35 }, copyActions: [{ destinationVaultArn: "x" }] }],
        }),
      ],
      message: /copyActions\[0\]/,
    },
  ],
});
