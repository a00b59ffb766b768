import * as cloudwatch from "@pulumi/aws/cloudwatch";
import type * as pulumi from "@pulumi/pulumi";

export interface AlarmArgs {
  /** What has happened when the alarm goes off, for whom it wakes. */
  description: string;
  /** CloudWatch namespace of the metric. */
  namespace: string;
  metric: string;
  dimensions: Record<string, pulumi.Input<string>>;
  /** How the values of a period become one. */
  statistic: "Average" | "Maximum" | "Minimum" | "Sum";
  /** Which side of the threshold is bad. */
  when: "above" | "below";
  threshold: number;
  /** Length of a period, minutes. */
  periodMinutes: number;
  /** How many periods in a row must be bad. */
  periods: number;
  /** What no data means: `fine` for what is only reported when it happens, `bad` for what must never fall silent. */
  silence: "fine" | "bad";
  /** SNS topic that hears when the alarm goes off, and when it is over. */
  topicArn: pulumi.Input<string>;
  tags: Record<string, string>;
}

/** A CloudWatch alarm on one metric. */
export function alarm(name: string, args: AlarmArgs, opts: pulumi.CustomResourceOptions): cloudwatch.MetricAlarm {
  return new cloudwatch.MetricAlarm(
    name,
    {
      alarmDescription: args.description,
      namespace: args.namespace,
      metricName: args.metric,
      dimensions: args.dimensions,
      statistic: args.statistic,
      comparisonOperator: args.when === "above" ? "GreaterThanThreshold" : "LessThanThreshold",
      threshold: args.threshold,
      period: args.periodMinutes * 60,
      evaluationPeriods: args.periods,
      treatMissingData: args.silence === "fine" ? "notBreaching" : "breaching",
      alarmActions: [args.topicArn],
      okActions: [args.topicArn],
      tags: args.tags,
    },
    opts,
  );
}
