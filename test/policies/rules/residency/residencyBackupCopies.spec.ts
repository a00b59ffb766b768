import { residencyBackupCopies } from "../../../../policies/rules/residency/residencyBackupCopies";
import { BACKUP_PLAN, VAULT } from "../../../../policies/rules/support/types";
import { describeRule } from "../../support/cases";
import { draft, unknown } from "../../support/draft";
import { inRegion, vaultArn } from "../aws";

const plan = (arn: string) =>
  draft(BACKUP_PLAN, { rules: [{ copyActions: [{ destinationVaultArn: arn }] }] }, inRegion("us-east-1"));

describeRule(residencyBackupCopies, {
  passes: [{ what: "another region at home", resources: [plan(vaultArn("us-west-2"))] }],
  fails: [{ what: "another jurisdiction", resources: [plan(vaultArn("eu-west-1"))] }],
  boundary: [{ what: "the same region", resources: [plan(vaultArn("us-east-1"))], expect: "passed" }],
  absent: [
    {
      what: "no copy",
      resources: [draft(BACKUP_PLAN, { rules: [{}] }, inRegion("us-east-1"))],
      expect: "notApplicable",
    },
  ],
  unknown: [
    {
      what: "in a preview, by what the rules depend on",
      resources: [
        { ...plan(unknown), refers: { rules: ["vault"] } },
        draft(VAULT, {}, { name: "vault", ...inRegion("eu-west-1") }),
      ],
      expect: "violated",
    },
  ],
  secret: { none: "an ARN is no secret" },
  notApplicable: [{ what: "no copy", resources: [draft(BACKUP_PLAN, { rules: [{}] }, inRegion("us-east-1"))] }],
});
