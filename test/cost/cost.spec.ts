import assert from "node:assert/strict";
import { breakEven } from "../../cost/breakEven";
import { MONTH_DAYS, MONTH_HOURS, PRICES } from "../../cost/priceTable";
import { resourcesOf, type CostResource } from "../../cost/resources";
import type { Step } from "../../rollout/engine";
import { cost, inputs, nodeGroup, priced, resource, workload } from "./resources";

function equal(actual: number, expected: number) {
  assert.ok(Math.abs(actual - expected) < 1e-9, `${actual} is not ${expected}`);
}

const API = { cpu: "500m", memory: "1Gi" };

/** The cell of the reference: 12 + 2 nodes, one database in two zones, 3 Redis nodes, 2 clusters, 3 NAT gateways, one ALB. */
function cell(region: string): CostResource[] {
  return [
    ...nodeGroup("t3.xlarge", [3, 12, 50], { region }),
    ...nodeGroup("g4dn.xlarge", [0, 2, 10], { region }),
    ...resource(
      "aws:rds/instance:Instance",
      { engine: "postgres", instanceClass: "db.r6g.2xlarge", multiAz: true, storageType: "gp3" },
      region,
    ),
    ...resource(
      "aws:elasticache/replicationGroup:ReplicationGroup",
      { engine: "redis", nodeType: "cache.r6g.xlarge", numCacheClusters: 3 },
      region,
    ),
    ...[1, 2].flatMap(() => resource("aws:eks/cluster:Cluster", {}, region)),
    ...[1, 2, 3].flatMap(() => resource("aws:ec2/natGateway:NatGateway", {}, region)),
    ...resource("aws:lb/loadBalancer:LoadBalancer", { internal: true }, region),
  ];
}

describe("the cost of resources", () => {
  for (const [region, perDay] of [
    ["us-east-1", 154],
    ["eu-west-1", 170],
    ["ap-southeast-1", 192],
  ] as const) {
    it(`is that of the reference for its cell in ${region}`, () => {
      const all = cost(cell(region));
      const day = (all.hourly.steady - priced(all, "ebs.")) * 24;
      assert.ok(Math.abs(day - perDay) < 1.5, `${day} USD a day`);
    });
  }

  it("is that of the cell by hand", () => {
    const all = cost(cell("us-east-1"));
    equal(
      all.hourly.steady,
      12 * 0.1664 + 2 * 0.526 + 2 * 0.899 + 3 * 0.411 + 2 * 0.1 + 3 * 0.045 + 0.0225 + (14 * 100 * 0.08) / MONTH_HOURS,
    );
    assert.deepEqual(Object.keys(all.perRegion), ["us-east-1"]);
    equal(all.perPart.cache!.steady, 3 * 0.411);
  });

  describe("of nodes", () => {
    const group = nodeGroup("t3.xlarge", [3, 10, 50]);
    const rest = inputs({ load: { packingPercent: 80 } });

    it("is what the group is created with when no pods are known", () => {
      equal(priced(cost(group, rest), "ec2."), 10 * 0.1664);
    });

    it("follows the requests of the pods, in whole nodes", () => {
      // 20 x 0.5 vCPU in nodes of 3.2: four; 20 x 1 GiB in nodes of 12.8 would be two.
      equal(priced(cost([...group, ...workload("api", "blue", [20, 40], API)], rest), "ec2."), 4 * 0.1664);
    });

    it("is never below the least nor above the most of a group", () => {
      equal(priced(cost([...group, ...workload("api", "blue", [1, 1], API)], rest), "ec2."), 3 * 0.1664);
      equal(priced(cost([...group, ...workload("api", "blue", [9_999, 9_999], API)], rest), "ec2."), 50 * 0.1664);
    });

    it("puts pods with GPUs on nodes with GPUs, one each", () => {
      const gpu = nodeGroup("g4dn.xlarge", [0, 2, 10]);
      const pods = workload("pathiq", "blue", [3, 6], { cpu: "2", memory: "8Gi", gpus: "1" });
      const all = cost([...group, ...gpu, ...pods], rest);
      equal(priced(all, "ec2.g4dn.xlarge"), 3 * 0.526);
      equal(priced(all, "ec2.t3.xlarge"), 3 * 0.1664);
    });

    it("has the full floor of the candidate beside the active color while both run, whatever the candidate has now", () => {
      for (const candidate of [[], workload("api", "green", [3, 40], API), workload("api", "green", [20, 40], API)]) {
        const all = cost([...group, ...workload("api", "blue", [20, 40], API), ...candidate], rest);
        equal(priced(all, "ec2.", "both"), 7 * 0.1664);
      }
    });

    it("doubles no consumers: they run in one color", () => {
      const consumers = workload("api", "blue", [20, 20], API).map((one) =>
        JSON.parse(JSON.stringify(one).replace('"server"', '"consumer"')),
      ) as CostResource[];
      const all = cost([...group, ...consumers], rest);
      equal(priced(all, "ec2.", "both"), priced(all, "ec2."));
    });

    it("grows with the requests of students, in active hours only, and says when the autoscaler may not", () => {
      const pods = workload("api", "blue", [20, 40], API, { perSecond: "100" });
      const load = { packingPercent: 80, autoscalingPercent: 0, activeHours: 12, requestsPerStudentDay: 432 };
      const all = (students: number) => cost([...group, ...pods], inputs({ students, load }, { "us-east-1": 100 }));
      // 3,200 requests a second need 32 pods: 16 vCPU, five nodes, for half a day.
      equal(priced(all(320_000), "ec2."), ((5 + 4) / 2) * 0.1664);
      assert.deepEqual(all(320_000).shortages, []);
      // 5,000 a second would need 50; the 40 that there may be fill seven nodes.
      equal(priced(all(500_000), "ec2."), ((7 + 4) / 2) * 0.1664);
      assert.match(all(500_000).shortages.join(), /^api in us-east-1 needs 10 pods more/);
    });

    it("pays reserved nodes always, and a share of the others at spot prices", () => {
      const share = { spotPercent: { general: 50 }, reservedPercent: { general: 40 } };
      equal(priced(cost(group, inputs(share)), "ec2."), 4 * 0.0974 + 3 * 0.0741 + 3 * 0.1664);
    });

    it("is at spot prices for a group whose capacity type is SPOT", () => {
      const spot = nodeGroup("t3.xlarge", [3, 10, 50], { capacityType: "SPOT" });
      equal(priced(cost(spot, inputs({ reservedPercent: { general: 100 } })), "ec2."), 10 * 0.0741);
    });
  });

  describe("of data", () => {
    const primary = {
      engine: "postgres",
      identifier: "main",
      instanceClass: "db.r6g.2xlarge",
      storageType: "gp3",
      allocatedStorage: 500,
    };

    it("counts a standby twice, and gives a replica the storage of its source", () => {
      const replica = { replicateSourceDb: "main", instanceClass: "db.r6g.2xlarge", storageType: "gp3" };
      const all = cost([
        ...resource("aws:rds/instance:Instance", { ...primary, multiAz: true }),
        ...resource("aws:rds/instance:Instance", replica),
      ]);
      equal(priced(all, "rds.postgres"), 3 * 0.899);
      equal(priced(all, "rds.gp3"), (3 * 500 * 0.115) / MONTH_HOURS);
    });

    it("charges backups above the free ones", () => {
      const kept = { storage: { databaseUsedPercent: 100, databaseChangePercent: 2 } };
      const all = cost(resource("aws:rds/instance:Instance", { ...primary, backupRetentionPeriod: 30 }), inputs(kept));
      equal(priced(all, "rds.backup"), (500 * 0.6 * 0.095) / MONTH_HOURS);
    });

    it("reserves databases and caches", () => {
      const group = { engine: "valkey", nodeType: "cache.r6g.xlarge", numNodeGroups: 2, replicasPerNodeGroup: 1 };
      const all = cost(
        [
          ...resource("aws:rds/instance:Instance", primary),
          ...resource("aws:elasticache/replicationGroup:ReplicationGroup", group),
        ],
        inputs({ reservedPercent: { database: 100, cache: 50 } }),
      );
      equal(priced(all, "rds.postgres"), 0.629);
      equal(priced(all, "elasticache."), 2 * 0.3288 + 2 * 0.2248);
    });
  });

  it("of the network: addresses, interfaces, and what leaves to the edge", () => {
    const given = inputs(
      { students: 1_000, transfer: { dynamicMiB: 1_024, zoneMiB: 0, natMiB: 0 }, load: { requestsPerStudentDay: 0 } },
      { "us-east-1": 100 },
    );
    const all = cost(
      [
        ...resource("aws:lb/loadBalancer:LoadBalancer", { internal: false, subnets: ["a", "b", "c"] }),
        ...resource("aws:ec2/vpcEndpoint:VpcEndpoint", { vpcEndpointType: "Interface", subnetIds: ["a", "b"] }),
        ...resource("aws:ec2/vpcEndpoint:VpcEndpoint", { vpcEndpointType: "Gateway" }),
      ],
      given,
    );
    const gigabytes = 1_000 * MONTH_DAYS;
    equal(priced(all, "ipv4"), 3 * 0.005);
    equal(priced(all, "vpc.endpoint"), 2 * 0.01);
    equal(priced(all, "transfer.internet"), (10_240 * 0.09 + (gigabytes - 10_240) * 0.085) / MONTH_HOURS);
    equal(priced(all, "alb.lcu"), (gigabytes / MONTH_HOURS) * 0.008);
  });

  it("of the firewall: the list, each rule, each request", () => {
    const given = inputs({ students: 1_000_000, load: { requestsPerStudentDay: 100 } }, { "us-east-1": 50 });
    const all = cost(resource("aws:wafv2/webAcl:WebAcl", { scope: "REGIONAL", rules: [{}, {}] }), given);
    equal(priced(all, "waf."), (5 + 2 + 0.6 * 50 * MONTH_DAYS) / MONTH_HOURS);
  });

  it("of models: tokens are shared in proportion to capacity", () => {
    const model = (name: string, capacity: number, location: string): CostResource[] => {
      const parent = `urn:pulumi:test::cutover::cutover:azure:OpenAi::${name}-${location}`;
      const provider = "urn:pulumi:test::cutover::pulumi:providers:azure-native::azure";
      const one = (type: string, properties: object): CostResource =>
        ({
          urn: `urn:pulumi:test::cutover::${type}::${name}-${location}`,
          type,
          inputs: properties,
          parent,
          provider,
        }) as CostResource;
      return [
        one("azure-native:cognitiveservices:Account", { location }),
        one("azure-native:cognitiveservices:Deployment", { properties: { model: { name } }, sku: { capacity } }),
      ];
    };
    const given = inputs({ students: 1_000, ai: { inputTokens: 1_000, outputTokens: 500 } });
    const all = cost([...model("gpt-5.1", 300, "eastus2"), ...model("gpt-4.1-mini", 100, "australiaeast")], given);
    equal(priced(all, "openai.gpt-5.1"), ((0.75 * 1.375 + 0.375 * 11) * MONTH_DAYS) / MONTH_HOURS);
    equal(priced(all, "openai.gpt-4.1-mini"), ((0.25 * 0.44 + 0.125 * 1.76) * MONTH_DAYS) / MONTH_HOURS);
    assert.deepEqual(Object.keys(all.perRegion), ["australiaeast", "eastus2"]);
    assert.deepEqual(all.shortages, []);
    const many = inputs({
      students: 1_000_000,
      load: { activeHours: 10 },
      ai: { inputTokens: 200, outputTokens: 100 },
    });
    assert.deepEqual(
      cost([...model("gpt-5.1", 300, "eastus2"), ...model("gpt-4.1-mini", 1, "australiaeast")], many).shortages,
      [
        "gpt-5.1 in eastus2 gets 498 thousand tokens a minute, and its capacity is 300",
        "gpt-4.1-mini in australiaeast gets 2 thousand tokens a minute, and its capacity is 1",
      ],
    );
  });

  it("of keys, secrets with their replicas, alarms with their metrics", () => {
    const all = cost([
      ...resource("aws:kms/key:Key", {}),
      ...resource("aws:secretsmanager/secret:Secret", { replicas: [{ region: "us-west-2" }] }),
      ...resource("aws:cloudwatch/metricAlarm:MetricAlarm", { metricName: "CPU" }),
      ...resource("aws:cloudwatch/metricAlarm:MetricAlarm", {
        metricQueries: [{ expression: "a / b" }, { metric: {} }, { metric: {} }],
      }),
    ]);
    equal(all.hourly.steady, (1 + 0.8 + 0.1 + 0.2) / MONTH_HOURS);
  });

  it("of a log: what is taken in, and its archive for as long as its group keeps it", () => {
    const parent = "urn:pulumi:test::cutover::cutover:aws:FlowLogs::flow";
    const flow = (days: number) =>
      [
        ...resource("aws:ec2/flowLog:FlowLog", { logDestinationType: "cloud-watch-logs" }),
        ...resource("aws:cloudwatch/logGroup:LogGroup", { retentionInDays: days }),
      ].map((one) => (one.type.startsWith("pulumi:") ? one : { ...one, parent }));
    const given = inputs({ logs: { flowGiB: 10, archivedPercent: 20 } });
    equal(priced(cost(flow(90), given), "logs.ingest"), (10 * MONTH_DAYS * 0.5) / MONTH_HOURS);
    equal(priced(cost(flow(90), given), "logs.archive"), (10 * 90 * 0.2 * 0.03) / MONTH_HOURS);
    equal(priced(cost(flow(30), given), "logs.archive"), (10 * 30 * 0.2 * 0.03) / MONTH_HOURS);
  });

  describe("says what it does not price", () => {
    it("a type that it does not know", () => {
      const { notPriced, hourly } = cost(resource("aws:sqs/queue:Queue", {}));
      assert.deepEqual(notPriced, [{ type: "aws:sqs/queue:Queue", count: 1, why: "no price is known" }]);
      assert.equal(hourly.steady, 0);
    });

    it("what is priced by contract, with that reason", () => {
      const { notPriced } = cost(resource("cloudflare:index/loadBalancer:LoadBalancer", {}));
      assert.match(notPriced[0]!.why, /by contract/);
    });

    it("a class or a region that the table does not have", () => {
      const [nodes] = cost(nodeGroup("t3.nano", [1, 2, 3])).notPriced.filter(({ why }) => why.startsWith("no price"));
      assert.equal(nodes?.why, "no price of ec2.t3.nano in us-east-1");
      const [cluster] = cost(resource("aws:eks/cluster:Cluster", {}, "xx-test-1")).notPriced;
      assert.equal(cluster, undefined);
      const [gateway] = cost(resource("aws:ec2/natGateway:NatGateway", {}, "xx-test-1")).notPriced;
      assert.equal(gateway?.why, "no price of nat.gateway in xx-test-1");
    });

    it("a resource with a property that is not known yet", () => {
      const step = {
        op: "create",
        type: "aws:rds/instance:Instance",
        urn: "urn:pulumi:test::cutover::aws:rds/instance:Instance::main",
        provider: "urn:pulumi:test::cutover::pulumi:providers:aws::aws-us-east-1::id",
        inputs: { engine: "postgres", instanceClass: "[unknown]" },
        diff: [],
        detailedDiff: {},
      } satisfies Step;
      assert.deepEqual(cost(resourcesOf([step])).notPriced, [
        { type: "aws:rds/instance:Instance", count: 1, why: "instanceClass is not known yet" },
      ]);
      assert.deepEqual(resourcesOf([{ ...step, op: "delete" }]), []);
    });

    it("but not what is free, nor components", () => {
      const component = {
        urn: "urn:pulumi:test::cutover::cutover:aws:Network::net",
        type: "cutover:aws:Network",
        inputs: {},
      };
      assert.deepEqual(cost([component, ...resource("aws:ec2/vpc:Vpc", {})]).notPriced, []);
    });
  });

  it("per student is what a day costs, shared; it breaks even where that is the budget", () => {
    const resources = resource("aws:eks/cluster:Cluster", {});
    equal(cost(resources, inputs({ students: 48 })).perStudentDay.steady, 0.05);
    assert.equal(breakEven(resources, PRICES, inputs({ students: 1 })), 48);
  });

  it("never breaks even when one student costs more than the budget", () => {
    const function_ = resource("aws:lambda/function:Function", { packageType: "Image", memorySize: 1_024 });
    const given = inputs({ functions: { requestPercent: 100, seconds: 900 } }, { "us-east-1": 100 });
    assert.equal(breakEven(function_, PRICES, given), undefined);
  });
});
