import { residencyDatabaseReplicas } from "../../../../policies/rules/residency/residencyDatabaseReplicas";
import { describeRule } from "../../support/cases";
import { draft, unknown } from "../../support/draft";
import { database, databaseArn, inRegion } from "../aws";

describeRule(residencyDatabaseReplicas, {
  passes: [
    {
      what: "another region at home",
      resources: [database({ replicateSourceDb: databaseArn("us-east-1") }, "us-west-2")],
    },
  ],
  fails: [
    {
      what: "another jurisdiction",
      resources: [database({ replicateSourceDb: databaseArn("eu-west-1") }, "us-east-1")],
      message: /eu-west-1 \(EU\) to us-east-1 \(US\)/,
    },
    {
      what: "copied backups",
      resources: [
        draft(
          "aws:rds/instanceAutomatedBackupsReplication:InstanceAutomatedBackupsReplication",
          { sourceDbInstanceArn: databaseArn("eu-west-1") },
          inRegion("us-east-1"),
        ),
      ],
    },
  ],
  boundary: [
    {
      what: "the same region",
      resources: [database({ replicateSourceDb: databaseArn("eu-west-1") }, "eu-west-1")],
      expect: "passed",
    },
    {
      what: "Ireland to London",
      resources: [database({ replicateSourceDb: databaseArn("eu-west-1") }, "eu-west-2")],
      expect: "violated",
    },
  ],
  absent: [
    { what: "a name is in the same region", resources: [database({ replicateSourceDb: "primary" })], expect: "passed" },
  ],
  unknown: [
    {
      what: "in a preview, by what the replica depends on",
      resources: [
        database({ replicateSourceDb: unknown }, "us-east-1", { refers: { replicateSourceDb: ["primary"] } }),
        database({}, "eu-west-1", { name: "primary" }),
      ],
      expect: "violated",
    },
  ],
  secret: { none: "an ARN is no secret" },
  notApplicable: [{ what: "a primary", resources: [database({})] }],
});
