import type { Rule } from "../../rule";
import { accessLogExpiry } from "./accessLogExpiry";
import { backupPlanLifecycle } from "./backupPlanLifecycle";
import { objectLockWithinMaximum } from "./objectLockWithinMaximum";
import { rdsBackupRetention } from "./rdsBackupRetention";
import { rdsFinalSnapshot } from "./rdsFinalSnapshot";
import { recordLogsWithinMaximum } from "./recordLogsWithinMaximum";
import { retentionAsDeclared } from "./retentionAsDeclared";
import { s3RecordLifecycle } from "./s3RecordLifecycle";

/** Rules on retention and deletion. */
export const retentionRules: readonly Rule[] = [
  s3RecordLifecycle,
  retentionAsDeclared,
  recordLogsWithinMaximum,
  backupPlanLifecycle,
  accessLogExpiry,
  rdsBackupRetention,
  rdsFinalSnapshot,
  objectLockWithinMaximum,
];
