import { text } from "../../../pulumi/json";
import type { Model, Models } from "../model";

const CLOUDWATCH = "arn:aws:cloudwatch:{region}:{account}";
const LOGS = "arn:aws:logs:{region}:{account}";

/** What belongs to a backup vault is called like it. */
const ofVault: Model = {
  id: "{backupVaultName}",
  outputs: { backupVaultArn: "arn:aws:backup:{region}:{account}:backup-vault:{backupVaultName}" },
};

/** Watching and accounting: CloudWatch, CloudTrail, GuardDuty, Security Hub, Config, Backup, Budgets. */
export const governance: Models = {
  "aws:cloudwatch/logGroup:LogGroup": {
    id: "{name}",
    tagged: true,
    name: {
      max: 512,
      pattern: /^[\w./#-]+$/,
      taken: "ResourceAlreadyExistsException: The specified log group already exists: {name}",
    },
    outputs: { arn: `${LOGS}:log-group:{name}` },
  },
  "aws:cloudwatch/logResourcePolicy:LogResourcePolicy": {
    id: "{policyName}",
    outputs: { policyScope: "ACCOUNT", revisionId: "" },
  },
  "aws:cloudwatch/logDeliverySource:LogDeliverySource": {
    id: "{name}",
    tagged: true,
    name: { max: 60, pattern: /^[\w-]+$/ },
    outputs: { arn: `${LOGS}:delivery-source:{name}`, service: (context) => context.text("resourceArn").split(":")[2] },
  },
  "aws:cloudwatch/logDeliveryDestination:LogDeliveryDestination": {
    id: "{name}",
    tagged: true,
    name: { max: 60, pattern: /^[\w-]+$/ },
    outputs: { arn: `${LOGS}:delivery-destination:{name}`, deliveryDestinationType: destinationType },
  },
  "aws:cloudwatch/logDelivery:LogDelivery": {
    id: "{Alnum:16}",
    tagged: true,
    outputs: { arn: `${LOGS}:delivery:{id}` },
  },
  "aws:cloudwatch/metricAlarm:MetricAlarm": {
    id: "{name}",
    tagged: true,
    name: { max: 255 },
    outputs: { arn: `${CLOUDWATCH}:alarm:{name}` },
  },
  "aws:cloudwatch/dashboard:Dashboard": {
    id: "{dashboardName}",
    outputs: { dashboardArn: "arn:aws:cloudwatch::{account}:dashboard/{dashboardName}" },
  },
  "aws:cloudtrail/trail:Trail": {
    id: "arn:aws:cloudtrail:{region}:{account}:trail/{name}",
    tagged: true,
    name: {
      max: 128,
      pattern: /^[\w.-]+$/,
      taken: "TrailAlreadyExistsException: Trail {name} already exists for customer: {account}",
    },
    outputs: { arn: "{id}", homeRegion: "{region}", snsTopicArn: "" },
  },
  "aws:guardduty/detector:Detector": {
    id: "{hex:32}",
    tagged: true,
    outputs: { accountId: "{account}", arn: "arn:aws:guardduty:{region}:{account}:detector/{id}" },
  },
  "aws:guardduty/detectorFeature:DetectorFeature": { id: "{detectorId}/{name}" },
  "aws:securityhub/account:Account": {
    id: "{account}",
    outputs: { arn: "arn:aws:securityhub:{region}:{account}:hub/default" },
  },
  "aws:securityhub/standardsSubscription:StandardsSubscription": {
    id: (context) =>
      context.fill(
        `arn:aws:securityhub:{region}:{account}:subscription/${context.text("standardsArn").replace(/^.*?(standards|ruleset)\//, "")}`,
        "id",
      ),
    outputs: { arn: "{id}" },
  },
  "aws:cfg/recorder:Recorder": { id: "{name}", name: { max: 256 } },
  "aws:cfg/recorderStatus:RecorderStatus": { id: "{name}" },
  "aws:cfg/deliveryChannel:DeliveryChannel": { id: "{name}", name: { max: 256 } },
  "aws:budgets/budget:Budget": {
    id: "{account}:{name}",
    scope: "account",
    tagged: true,
    name: {
      max: 100,
      pattern: /^[^:\\]+$/,
      taken: "DuplicateRecordException: Error creating budget: {name} - the budget already exists.",
    },
    outputs: { accountId: "{account}", arn: "arn:aws:budgets::{account}:budget/{name}" },
  },
  "aws:costexplorer/anomalyMonitor:AnomalyMonitor": {
    id: "arn:aws:ce::{account}:anomalymonitor/{uuid}",
    tagged: true,
    name: { max: 1_024 },
    outputs: { arn: "{id}" },
  },
  "aws:costexplorer/anomalySubscription:AnomalySubscription": {
    id: "arn:aws:ce::{account}:anomalysubscription/{uuid}",
    tagged: true,
    name: { max: 1_024 },
    outputs: { arn: "{id}", accountId: "{account}" },
  },
  "aws:backup/vault:Vault": {
    id: "{name}",
    tagged: true,
    name: {
      max: 50,
      pattern: /^[\w-]{2,}$/,
      taken: "AlreadyExistsException: Backup vault with the same name already exists: {name}",
    },
    outputs: { arn: "arn:aws:backup:{region}:{account}:backup-vault:{name}", recoveryPoints: 0 },
  },
  "aws:backup/plan:Plan": {
    id: "{uuid}",
    tagged: true,
    name: { max: 50, pattern: /^[\w.-]+$/ },
    outputs: { arn: "arn:aws:backup:{region}:{account}:backup-plan:{id}" },
    derived: {
      version: ({ request, outputs }) =>
        Buffer.from(`${request.name} ${text(outputs.version)}`)
          .toString("base64")
          .slice(0, 48),
    },
  },
  "aws:backup/selection:Selection": { id: "{uuid}", name: { max: 50, pattern: /^[\w.-]+$/ } },
  "aws:backup/vaultLockConfiguration:VaultLockConfiguration": ofVault,
};

/** Where delivered logs go is told by the service in the destination's ARN. */
function destinationType(context: { text(path: string): string }): string {
  const service = context.text("deliveryDestinationConfiguration.destinationResourceArn").split(":")[2];
  return service === "s3" ? "S3" : service === "firehose" ? "FH" : "CWL";
}
