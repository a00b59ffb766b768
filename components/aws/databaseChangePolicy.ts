import type { PolicyDocument } from "@pulumi/aws/iam";
import type * as pulumi from "@pulumi/pulumi";
import type { DatabasePhase } from "../../stacks/config/databaseChange";

/** What the jobs of a database change act on. */
export interface ChangedDatabase {
  account: string;
  /** Region of the primary. */
  region: string;
  arn: pulumi.Input<string>;
  /** Secret of the master user. */
  adminSecretArn: pulumi.Input<string>;
  /** Key of that secret. */
  keyArn: pulumi.Input<string>;
  /** Name of the snapshot that the backup makes. */
  snapshot: string;
  /** Name of the scratch database that the restore check makes and removes. */
  scratch: string;
}

/** The IAM policy of one phase: a backup cannot read the database, a migration cannot restore one. */
export function databaseChangePolicy(phase: DatabasePhase, database: ChangedDatabase): PolicyDocument {
  return { Version: "2012-10-17", Statement: statements(phase, database) };
}

function statements(phase: DatabasePhase, database: ChangedDatabase) {
  switch (phase) {
    case "backup":
      return backup(database);
    case "restore-check":
      return [...restore(database), ...administration(database)];
    case "migrate":
    case "validate":
    case "contract":
    case "revert":
      return administration(database);
  }
}

function backup({ account, region, arn, snapshot }: ChangedDatabase) {
  const snapshotArn = rdsArn(region, account, "snapshot", snapshot);
  return [
    allow("Snapshot", ["rds:CreateDBSnapshot"], [arn, snapshotArn]),
    allow("Tags", ["rds:AddTagsToResource", "rds:ListTagsForResource"], [snapshotArn]),
    allow("Watch", ["rds:DescribeDBSnapshots"], [arn, snapshotArn]),
  ];
}

function restore({ account, region, snapshot, scratch }: ChangedDatabase) {
  const scratchArn = rdsArn(region, account, "db", scratch);
  // The scratch database takes its subnets, parameters and options from the snapshot's source; the groups' names are RDS's.
  const groups = ["subgrp", "pg", "og"].map((kind) => rdsArn(region, account, kind, "*"));
  return [
    allow(
      "Restore",
      ["rds:RestoreDBInstanceFromDBSnapshot"],
      [rdsArn(region, account, "snapshot", snapshot), scratchArn, ...groups],
    ),
    allow("Scratch", ["rds:AddTagsToResource", "rds:DeleteDBInstance", "rds:DescribeDBInstances"], [scratchArn]),
    {
      // RDS grants itself the key of the snapshot in the caller's name; no other service may be given one.
      ...allow("Grant", ["kms:CreateGrant", "kms:DescribeKey"], [`arn:aws:kms:${region}:${account}:key/*`]),
      Condition: { StringEquals: { "kms:ViaService": `rds.${region}.amazonaws.com` } },
    },
  ];
}

function administration({ region, adminSecretArn, keyArn }: ChangedDatabase) {
  return [
    allow("Administrator", ["secretsmanager:DescribeSecret", "secretsmanager:GetSecretValue"], [adminSecretArn]),
    {
      ...allow("Key", ["kms:Decrypt"], [keyArn]),
      Condition: { StringEquals: { "kms:ViaService": `secretsmanager.${region}.amazonaws.com` } },
    },
  ];
}

function rdsArn(region: string, account: string, kind: string, name: string): string {
  return `arn:aws:rds:${region}:${account}:${kind}:${name}`;
}

function allow(Sid: string, Action: string[], Resource: pulumi.Input<string>[]) {
  return { Sid, Effect: "Allow" as const, Action, Resource };
}
