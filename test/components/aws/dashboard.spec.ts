import assert from "node:assert/strict";
import { Dashboard } from "../../../components/aws/dashboard";
import { LoadBalancerAlarms } from "../../../components/aws/loadBalancerAlarms";
import { observability } from "../../support/platformEdge";
import { all, find, misplaced, record } from "../../support/recorder";

const dashboard = {
  dashboardName: "pathfinity-production-eu-west-1",
  region: "eu-west-1",
  loadBalancerArnSuffix: "app/x/1",
  clusterName: "cluster-eu-west-1",
  cacheGroupId: "cache-eu-west-1",
  databaseIdentifiers: ["database-eu", "database-eu-replica-1"],
};

async function widgets(args = dashboard): Promise<any[]> {
  const { resources } = await record(() => new Dashboard("dashboard-eu-west-1", args));
  assert.deepEqual(misplaced(resources), []);
  return JSON.parse(find(resources, "aws:cloudwatch/dashboard:Dashboard").inputs["dashboardBody"]).widgets;
}

describe("the dashboard of a region", () => {
  it("finds the target groups of both colors by search", async () => {
    const requests = (await widgets()).find(({ properties }) => properties.title === "Requests by target group");
    assert.deepEqual(requests.properties.metrics, [
      [
        {
          expression: `SEARCH('{AWS/ApplicationELB,LoadBalancer,TargetGroup} LoadBalancer="app/x/1" MetricName="RequestCount"', 'Sum', 60)`,
        },
      ],
    ]);
  });

  it("shows the database, the cache and the cluster", async () => {
    const text = JSON.stringify(await widgets());
    for (const part of [
      "database-eu-replica-1",
      "EngineCPUUtilization",
      "cluster-eu-west-1",
      "HTTPCode_Target_5XX_Count",
      "p95",
    ]) {
      assert.ok(text.includes(part), part);
    }
  });

  it("leaves the database out where the region has none", async () => {
    assert.ok(!JSON.stringify(await widgets({ ...dashboard, databaseIdentifiers: [] })).includes("AWS/RDS"));
  });

  it("puts no widget on another one, and all of them inside the 24 columns", async () => {
    const placed = await widgets();
    const corners = placed.map(({ x, y }) => `${x}/${y}`);
    assert.equal(new Set(corners).size, placed.length);
    assert.ok(placed.every(({ x, width, properties }) => x + width <= 24 && properties.region === "eu-west-1"));
  });
});

describe("the alarms of a load balancer", () => {
  const make = () =>
    record(
      () =>
        new LoadBalancerAlarms("alarms-eu-west-1", {
          loadBalancerArnSuffix: "app/x/1",
          topicArn: "arn:topic",
          config: observability.alarms,
        }).arns,
    );

  it("go to the topic, and say when they are over, after five minutes in a row", async () => {
    const { resources, value } = await make();
    const alarms = all(resources, "aws:cloudwatch/metricAlarm:MetricAlarm");
    assert.deepEqual([...value].sort(), alarms.map(({ name }) => `arn:${name}`).sort());
    assert.equal(alarms.length, 3);
    for (const { inputs } of alarms) {
      assert.deepEqual([inputs["alarmActions"], inputs["okActions"]], [["arn:topic"], ["arn:topic"]]);
      assert.deepEqual([inputs["evaluationPeriods"], inputs["datapointsToAlarm"]], [5, 5]);
      assert.equal(inputs["comparisonOperator"], "GreaterThanThreshold");
    }
    assert.deepEqual(misplaced(resources), []);
  });

  it("count requests that found no target as requests and as errors", async () => {
    const { resources } = await make();
    const { inputs } = find(resources, "aws:cloudwatch/metricAlarm:MetricAlarm", "-errors");
    const percent = inputs["metricQueries"].find(({ id }: any) => id === "percent");
    assert.equal(
      percent.expression,
      "IF((FILL(routed, 0) + FILL(balancer, 0)) > 100, 100 * (FILL(target, 0) + FILL(balancer, 0)) / (FILL(routed, 0) + FILL(balancer, 0)), 0)",
    );
    assert.equal(inputs["threshold"], 1);
    assert.deepEqual(inputs["metricQueries"].filter(({ returnData }: any) => returnData).length, 1);
  });

  it("watch the p95 of the response time against two seconds", async () => {
    const { resources } = await make();
    const { inputs } = find(resources, "aws:cloudwatch/metricAlarm:MetricAlarm", "-latency");
    assert.deepEqual([inputs["extendedStatistic"], inputs["threshold"]], ["p95", 2]);
    assert.deepEqual(inputs["dimensions"], { LoadBalancer: "app/x/1" });
  });

  it("find unhealthy targets of every target group of the load balancer", async () => {
    const { resources } = await make();
    const { inputs } = find(resources, "aws:cloudwatch/metricAlarm:MetricAlarm", "-unhealthy");
    assert.equal(
      inputs["metricQueries"][0].expression,
      `SELECT MAX(UnHealthyHostCount) FROM SCHEMA("AWS/ApplicationELB", LoadBalancer, TargetGroup) WHERE LoadBalancer = 'app/x/1'`,
    );
    assert.equal(inputs["threshold"], 0);
  });
});
