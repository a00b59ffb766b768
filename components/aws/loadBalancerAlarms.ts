import * as cloudwatch from "@pulumi/aws/cloudwatch";
import * as pulumi from "@pulumi/pulumi";
import type { ObservabilityConfig } from "../../stacks/config/observability";

const TOKEN = "cutover:aws:LoadBalancerAlarms";

const NAMESPACE = "AWS/ApplicationELB";
/** Length of one data point, seconds: load balancers report each minute. */
const PERIOD_SECONDS = 60;

export interface LoadBalancerAlarmsArgs {
  /** The form that CloudWatch's LoadBalancer dimension takes. */
  loadBalancerArnSuffix: pulumi.Input<string>;
  /** Topic that alarms are sent to, and the news that they are over. */
  topicArn: pulumi.Input<string>;
  config: ObservabilityConfig["alarms"];
}

/**
 * Alarms of a region's load balancer: errors, response time, unhealthy targets. They watch both colors together;
 * the gates of a rollout compare the colors. Silence is not an alarm here: the edge's health checks notice it.
 */
export class LoadBalancerAlarms extends pulumi.ComponentResource {
  public readonly arns: pulumi.Output<string>[];

  constructor(name: string, args: LoadBalancerAlarmsArgs, opts?: pulumi.ComponentResourceOptions) {
    super(TOKEN, name, {}, opts);

    const alarms = [this.errors(name, args), this.latency(name, args), this.unhealthyTargets(name, args)];

    this.arns = alarms.map(({ arn }) => arn);
    this.registerOutputs({ arns: this.arns });
  }

  private errors(name: string, args: LoadBalancerAlarmsArgs): cloudwatch.MetricAlarm {
    const { errorPercent, minRequestsPerMinute } = args.config;
    const sum = (id: string, metricName: string) => ({
      id,
      metric: {
        namespace: NAMESPACE,
        metricName,
        dimensions: { LoadBalancer: args.loadBalancerArnSuffix },
        period: PERIOD_SECONDS,
        stat: "Sum",
      },
    });
    // RequestCount leaves out what found no target, and those are errors of the load balancer: they are added to both.
    const errors = "(FILL(target, 0) + FILL(balancer, 0))";
    const requests = "(FILL(routed, 0) + FILL(balancer, 0))";
    return this.alarm(`${name}-errors`, args, {
      alarmDescription: `More than ${errorPercent} % of the answers have a 5xx status.`,
      threshold: errorPercent,
      metricQueries: [
        {
          id: "percent",
          label: "5xx, percent",
          expression: `IF(${requests} > ${minRequestsPerMinute}, 100 * ${errors} / ${requests}, 0)`,
          returnData: true,
        },
        sum("routed", "RequestCount"),
        sum("target", "HTTPCode_Target_5XX_Count"),
        sum("balancer", "HTTPCode_ELB_5XX_Count"),
      ],
    });
  }

  private latency(name: string, args: LoadBalancerAlarmsArgs): cloudwatch.MetricAlarm {
    const { latencyPercentile, latencySeconds } = args.config;
    return this.alarm(`${name}-latency`, args, {
      alarmDescription: `The p${latencyPercentile} of the response time is above ${latencySeconds} s.`,
      threshold: latencySeconds,
      namespace: NAMESPACE,
      metricName: "TargetResponseTime",
      dimensions: { LoadBalancer: args.loadBalancerArnSuffix },
      period: PERIOD_SECONDS,
      extendedStatistic: `p${latencyPercentile}`,
      evaluateLowSampleCountPercentiles: "ignore",
    });
  }

  /** Target groups belong to the traffic layer, so a query finds them: the metric has no sum over a load balancer. */
  private unhealthyTargets(name: string, args: LoadBalancerAlarmsArgs): cloudwatch.MetricAlarm {
    const { unhealthyTargets } = args.config;
    const source = `SCHEMA("${NAMESPACE}", LoadBalancer, TargetGroup)`;
    return this.alarm(`${name}-unhealthy`, args, {
      alarmDescription: `More than ${unhealthyTargets} targets of a target group are unhealthy.`,
      threshold: unhealthyTargets,
      metricQueries: [
        {
          id: "unhealthy",
          label: "unhealthy targets",
          expression: pulumi.interpolate`SELECT MAX(UnHealthyHostCount) FROM ${source} WHERE LoadBalancer = '${args.loadBalancerArnSuffix}'`,
          period: PERIOD_SECONDS,
          returnData: true,
        },
      ],
    });
  }

  private alarm(
    name: string,
    args: LoadBalancerAlarmsArgs,
    what: Pick<cloudwatch.MetricAlarmArgs, "alarmDescription" | "threshold"> & Partial<cloudwatch.MetricAlarmArgs>,
  ): cloudwatch.MetricAlarm {
    return new cloudwatch.MetricAlarm(
      name,
      {
        ...what,
        comparisonOperator: "GreaterThanThreshold",
        evaluationPeriods: args.config.minutes,
        datapointsToAlarm: args.config.minutes,
        treatMissingData: "notBreaching",
        alarmActions: [args.topicArn],
        okActions: [args.topicArn],
      },
      { parent: this },
    );
  }
}
