import * as cloudwatch from "@pulumi/aws/cloudwatch";
import * as pulumi from "@pulumi/pulumi";

const TOKEN = "cutover:aws:Dashboard";

/** Half of a row: a dashboard is 24 units wide. */
const WIDTH = 12;
const HEIGHT = 6;
/** Length of one data point, seconds. */
const PERIOD_SECONDS = 60;

export interface DashboardArgs {
  /** Name of the dashboard, unique in the account. */
  dashboardName: string;
  region: string;
  /** The form that CloudWatch's LoadBalancer dimension takes. */
  loadBalancerArnSuffix: pulumi.Input<string>;
  /** Name of the EKS cluster. */
  clusterName: pulumi.Input<string>;
  /** Id of the cache's replication group. */
  cacheGroupId: pulumi.Input<string>;
  /** Identifiers of the region's databases: primary and replicas. */
  databaseIdentifiers: readonly pulumi.Input<string>[];
}

/**
 * The dashboard of one region: requests, errors and response time of each target group, and how the database, the
 * cache and the cluster are. Target groups are found by search, so both colors show, whichever the traffic layer has.
 *
 * Cost: about 3 dollars a month.
 */
export class Dashboard extends pulumi.ComponentResource {
  /** Name of the dashboard. */
  public readonly dashboardName: pulumi.Output<string>;

  constructor(name: string, args: DashboardArgs, opts?: pulumi.ComponentResourceOptions) {
    super(TOKEN, name, {}, opts);

    const dashboard = new cloudwatch.Dashboard(
      `${name}-dashboard`,
      {
        dashboardName: args.dashboardName,
        dashboardBody: pulumi.jsonStringify({ widgets: place(args.region, graphs(args)) }),
      },
      { parent: this },
    );

    this.dashboardName = dashboard.dashboardName;
    this.registerOutputs({ dashboardName: this.dashboardName });
  }
}

type Metric = (pulumi.Input<string> | { expression: pulumi.Input<string> } | { stat: string })[];

interface Graph {
  title: string;
  metrics: Metric[];
}

function graphs(args: DashboardArgs): Graph[] {
  const targets = (metric: string, stat: string): Metric => [
    {
      expression: pulumi.interpolate`SEARCH('{AWS/ApplicationELB,LoadBalancer,TargetGroup} LoadBalancer="${args.loadBalancerArnSuffix}" MetricName="${metric}"', '${stat}', ${PERIOD_SECONDS})`,
    },
  ];
  const database = (metric: string, stat: string): Metric[] =>
    args.databaseIdentifiers.map((id) => ["AWS/RDS", metric, "DBInstanceIdentifier", id, { stat }]);
  const cache = (metric: string, stat: string): Metric => [
    {
      expression: pulumi.interpolate`SEARCH('{AWS/ElastiCache,CacheClusterId,CacheNodeId} "${args.cacheGroupId}" MetricName="${metric}"', '${stat}', ${PERIOD_SECONDS})`,
    },
  ];
  const cluster = (metric: string, stat: string): Metric => [
    "AWS/EKS",
    metric,
    "ClusterName",
    args.clusterName,
    { stat },
  ];
  return [
    { title: "Requests by target group", metrics: [targets("RequestCount", "Sum")] },
    { title: "Errors by target group", metrics: [targets("HTTPCode_Target_5XX_Count", "Sum")] },
    { title: "Response time by target group, p95", metrics: [targets("TargetResponseTime", "p95")] },
    { title: "Unhealthy targets by target group", metrics: [targets("UnHealthyHostCount", "Maximum")] },
    ...(args.databaseIdentifiers.length === 0
      ? []
      : [
          { title: "Database: load, percent", metrics: database("CPUUtilization", "Average") },
          { title: "Database: connections", metrics: database("DatabaseConnections", "Average") },
        ]),
    { title: "Cache: load of the engine, percent", metrics: [cache("EngineCPUUtilization", "Average")] },
    { title: "Cache: memory, percent", metrics: [cache("DatabaseMemoryUsagePercentage", "Average")] },
    { title: "Cluster: pods that find no node", metrics: [cluster("scheduler_pending_pods", "Average")] },
    { title: "Cluster: errors of the Kubernetes API", metrics: [cluster("apiserver_request_total_5XX", "Sum")] },
  ];
}

/** Puts the graphs on the dashboard, two in a row. */
function place(region: string, all: readonly Graph[]) {
  return all.map(({ title, metrics }, index) => ({
    type: "metric",
    x: (index % 2) * WIDTH,
    y: Math.floor(index / 2) * HEIGHT,
    width: WIDTH,
    height: HEIGHT,
    properties: { title, region, view: "timeSeries", period: PERIOD_SECONDS, metrics },
  }));
}
