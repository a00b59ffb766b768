import { postgresBackup } from "../../../../policies/rules/azure/postgresBackup";
import { describeRule } from "../../support/cases";
import { secret, unknown } from "../../support/draft";
import { postgres, vault, versioned } from "./fixtures";

describeRule(postgresBackup, {
  passes: [{ what: "as it should be", resources: [postgres()] }],
  fails: [
    { what: "too short", resources: [postgres({ "backup.backupRetentionDays": 1 })] },
    { what: "too long", resources: [postgres({ "backup.backupRetentionDays": 90 })] },
    {
      what: "a version of the API that the program names",
      resources: [versioned(postgres({ "backup.backupRetentionDays": 1 }))],
    },
  ],
  boundary: [
    { what: "6 days", resources: [postgres({ "backup.backupRetentionDays": 6 })], expect: "violated" },
    { what: "7 days", resources: [postgres({ "backup.backupRetentionDays": 7 })], expect: "passed" },
    { what: "35 days", resources: [postgres({ "backup.backupRetentionDays": 35 })], expect: "passed" },
    { what: "36 days", resources: [postgres({ "backup.backupRetentionDays": 36 })], expect: "violated" },
  ],
  absent: [{ what: "not set", resources: [postgres({ "backup.backupRetentionDays": undefined })], expect: "passed" }],
  unknown: [{ what: "not known yet", resources: [postgres({ "backup.backupRetentionDays": unknown })] }],
  secret: [
    {
      what: "a secret is read, and not quoted",
      resources: [postgres({ "backup.backupRetentionDays": secret(1) })],
      expect: "violated",
    },
  ],
  notApplicable: [{ what: "another type", resources: [vault()] }],
});
