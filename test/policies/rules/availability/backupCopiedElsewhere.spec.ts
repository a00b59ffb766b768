import { backupCopiedElsewhere } from "../../../../policies/rules/availability/backupCopiedElsewhere";
import { BACKUP_PLAN } from "../../../../policies/rules/support/types";
import { describeRule, valuesOf } from "../../support/cases";
import { draft } from "../../support/draft";
import { inRegion, vaultArn } from "../aws";

describeRule(backupCopiedElsewhere, {
  ...valuesOf({
    type: BACKUP_PLAN,
    base: { rules: [{ ruleName: "daily" }] },
    path: "rules[0].copyActions",
    good: [[{ destinationVaultArn: vaultArn("us-west-2") }]],
    bad: [[]],
    more: inRegion("us-east-1"),
  }),
  boundary: [
    {
      what: "into its own region",
      resources: [
        draft(
          BACKUP_PLAN,
          { rules: [{ copyActions: [{ destinationVaultArn: vaultArn("us-east-1") }] }] },
          inRegion("us-east-1"),
        ),
      ],
      expect: "violated",
    },
  ],
});
