import type { Resource } from "../../policies/graph";
import type { CostContext } from "../context";
import type { Meters, Use } from "../meter";
import { MONTH_DAYS } from "../priceTable";

/** Keys, secrets, detection, audit; logs, alarms and dashboards. */
export const governance: Meters = {
  "aws:kms/key:Key": () => [{ part: "security", price: "kms.key", quantity: 1 }],
  "aws:secretsmanager/secret:Secret": (secret) => [
    { part: "security", price: "secret", quantity: 1 + secret.list("replicas").length },
  ],
  "aws:cfg/recorder:Recorder": (_recorder, { inputs }) => [
    { part: "security", price: "config.item", quantity: inputs.security.configurationItems },
  ],
  "aws:securityhub/account:Account": (_account, { inputs }) => [
    { part: "security", price: "securityhub.check", quantity: inputs.security.checks },
  ],
  "aws:guardduty/detector:Detector": (_detector, { inputs }) => [
    { part: "security", price: "guardduty.events", quantity: inputs.security.managementEvents / 1e6 },
    { part: "security", price: "guardduty.flow", quantity: inputs.logs.flowGiB * MONTH_DAYS },
  ],
  "aws:guardduty/detectorFeature:DetectorFeature": detectorFeature,
  "aws:cloudtrail/trail:Trail": trail,
  "aws:eks/cluster:Cluster": (cluster, context) =>
    cluster.texts("enabledClusterLogTypes[*]").length === 0
      ? []
      : logs(cluster, context, context.inputs.logs.clusterGiB * MONTH_DAYS),
  "aws:ec2/flowLog:FlowLog": (flowLog, context) =>
    flowLog.text("logDestinationType") === "s3" ? [] : logs(flowLog, context, context.inputs.logs.flowGiB * MONTH_DAYS),
  "aws:wafv2/webAclLoggingConfiguration:WebAclLoggingConfiguration": firewallLog,
  "aws:cloudwatch/metricAlarm:MetricAlarm": (alarm) => [
    {
      part: "observability",
      price: "cloudwatch.alarm",
      quantity: Math.max(1, alarm.nodes("metricQueries[*].metric").length),
    },
  ],
  "aws:cloudwatch/dashboard:Dashboard": () => [{ part: "observability", price: "cloudwatch.dashboard", quantity: 1 }],
};

/** Days that a log is kept whose group is not known, or keeps it for ever: a year of it is counted. */
const ARCHIVE_DAYS = 365;

/** A log that is taken in and then kept as long as its log group says, which stands beside what writes it. */
function logs(writer: Resource, context: CostContext, gigabytes: number): Use[] {
  const group = context.sibling(writer, "aws:cloudwatch/logGroup:LogGroup");
  const days = group?.number("retentionInDays") ?? ARCHIVE_DAYS;
  const archived = (gigabytes / MONTH_DAYS) * days * (context.inputs.logs.archivedPercent / 100);
  return [
    { part: "observability", price: "logs.ingest", quantity: gigabytes },
    { part: "observability", price: "logs.archive", quantity: archived },
  ];
}

/** The firewall of the edge logs requests for assets, that of a region those of its students. */
function firewallLog(config: Resource, context: CostContext): Use[] {
  const { logs: volume, transfer, students } = context.inputs;
  const region = context.region(config);
  const isAssets = context.sibling(config, "aws:wafv2/webAcl:WebAcl")?.text("scope") === "CLOUDFRONT";
  const requests = isAssets ? students * transfer.staticRequests * MONTH_DAYS : context.requests(region);
  return logs(config, context, (requests * volume.firewallKiB) / 1024 ** 2);
}

function detectorFeature(feature: Resource, context: CostContext): Use[] {
  const region = context.region(feature);
  const name = feature.text("name");
  if (name === "S3_DATA_EVENTS") {
    return [{ part: "security", price: "guardduty.s3", quantity: recordEvents(context, region) / 1e6 }];
  }
  if (name === "RDS_LOGIN_EVENTS") {
    const instances = context.graph
      .ofType("aws:rds/instance:Instance")
      .filter((instance) => context.region(instance) === region);
    const vcpus = instances.map(
      (instance) => context.prices.instances[instance.text("instanceClass") ?? ""]?.vcpu ?? 0,
    );
    return [{ part: "security", price: "guardduty.rds", quantity: vcpus.reduce((sum, vcpu) => sum + vcpu, 0) }];
  }
  return [];
}

/** Data events are charged; the first copy of management events is free. */
function trail(resource: Resource, context: CostContext): Use[] {
  const categories = resource.texts("advancedEventSelectors[*].fieldSelectors[*].equals");
  return categories.includes("Data")
    ? [
        {
          part: "security",
          price: "cloudtrail.data",
          quantity: recordEvents(context, context.region(resource)) / 100_000,
        },
      ]
    : [];
}

/** Reads and writes of education records in a month. */
function recordEvents(context: CostContext, region: string): number {
  const { recordReads, recordWrites } = context.inputs.storage;
  return context.students(region) * (recordReads + recordWrites) * MONTH_DAYS;
}
