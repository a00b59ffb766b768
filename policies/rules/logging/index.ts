import type { Rule } from "../../rule";
import { auditBucketLocked } from "./auditBucketLocked";
import { auditLogRetention } from "./auditLogRetention";
import { cloudfrontAccessLogs } from "./cloudfrontAccessLogs";
import { cloudtrailComplete } from "./cloudtrailComplete";
import { cloudtrailEveryRegion } from "./cloudtrailEveryRegion";
import { cloudtrailRecordAccess } from "./cloudtrailRecordAccess";
import { configEveryRegion } from "./configEveryRegion";
import { eksControlPlaneLogs } from "./eksControlPlaneLogs";
import { guarddutyEveryRegion } from "./guarddutyEveryRegion";
import { lbAccessLogs } from "./lbAccessLogs";
import { logGroupRetention } from "./logGroupRetention";
import { rdsAuditParameters } from "./rdsAuditParameters";
import { rdsLogsExported } from "./rdsLogsExported";
import { rdsMonitoring } from "./rdsMonitoring";
import { s3AccessLogs } from "./s3AccessLogs";
import { securityhubEveryRegion } from "./securityhubEveryRegion";
import { topicHasSubscriber } from "./topicHasSubscriber";

/** Rules on audit and logging. */
export const loggingRules: readonly Rule[] = [
  eksControlPlaneLogs,
  cloudtrailComplete,
  cloudtrailEveryRegion,
  cloudtrailRecordAccess,
  rdsLogsExported,
  rdsAuditParameters,
  rdsMonitoring,
  logGroupRetention,
  auditLogRetention,
  s3AccessLogs,
  lbAccessLogs,
  cloudfrontAccessLogs,
  guarddutyEveryRegion,
  securityhubEveryRegion,
  configEveryRegion,
  auditBucketLocked,
  topicHasSubscriber,
];
