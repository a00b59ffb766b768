import { backupCoversDatabase } from "../../../../policies/rules/availability/backupCoversDatabase";
import { BACKUP_SELECTION } from "../../../../policies/rules/support/types";
import { describeRule } from "../../support/cases";
import { draft, unknown } from "../../support/draft";
import { database, databaseArn } from "../aws";

const IT = database({ tags: { backup: "yes" } }, "us-east-1", { outputs: { arn: databaseArn("us-east-1") } });
const selection = (inputs: any) => draft(BACKUP_SELECTION, inputs, { name: "selection" });

describeRule(backupCoversDatabase, {
  passes: [
    { what: "by its ARN", resources: [IT, selection({ resources: [databaseArn("us-east-1")] })] },
    {
      what: "by a tag",
      resources: [IT, selection({ selectionTags: [{ type: "STRINGEQUALS", key: "backup", value: "yes" }] })],
    },
    { what: "everything", resources: [IT, selection({ resources: ["*"] })] },
  ],
  fails: [{ what: "another database", resources: [IT, selection({ resources: [databaseArn("eu-west-1")] })] }],
  boundary: [
    {
      what: "another value of the tag",
      resources: [IT, selection({ selectionTags: [{ key: "backup", value: "no" }] })],
      expect: "violated",
    },
  ],
  absent: [{ what: "no selection", resources: [IT] }],
  unknown: [
    {
      what: "in a preview, by what the selection depends on",
      resources: [
        database({}, "us-east-1"),
        draft(BACKUP_SELECTION, { resources: [unknown] }, { name: "selection", refers: { resources: ["database"] } }),
      ],
      expect: "passed",
    },
  ],
  secret: { none: "ARNs are no secrets" },
  notApplicable: [{ what: "a replica", resources: [database({ replicateSourceDb: "primary" })] }],
});
