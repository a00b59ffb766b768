import assert from "node:assert/strict";
import { Cache } from "../../../components/aws/cache";
import { cacheSchema } from "../../../stacks/config/cache";
import { record, value } from "../../support/record";

const config = cacheSchema.parse({});
const make = () =>
  record(
    () =>
      new Cache("cache-eu-west-1", {
        config,
        product: "pathfinity",
        vpcId: "vpc",
        subnetIds: ["subnet-a"],
        clientSecurityGroupId: "sg-cluster",
        keyArn: "arn:key",
        logKeyArn: "arn:log-key",
        logRetentionDays: 365,
        alarmTopicArn: "arn:topic",
        tags: { owner: "platform" },
      }),
    (type) =>
      type.includes("ReplicationGroup") ? { primaryEndpointAddress: "cache.local", replicationGroupId: "cache-1" } : {},
  );

describe("Cache", () => {
  it("is the replication group that the plan asks for", async () => {
    const { inputs, protect, retainOnDelete } = (await make()).custom("cache-eu-west-1-group");
    const expected = {
      engine: "valkey",
      engineVersion: "8.1",
      nodeType: "cache.r6g.xlarge",
      numCacheClusters: 3,
      automaticFailoverEnabled: true,
      multiAzEnabled: true,
      atRestEncryptionEnabled: true,
      kmsKeyId: "arn:key",
      transitEncryptionEnabled: true,
      transitEncryptionMode: "required",
      userGroupIds: ["pathfinity-workloads"],
      snapshotRetentionLimit: 5,
      snapshotWindow: "03:00-05:00",
    };
    for (const [key, wanted] of Object.entries(expected)) {
      assert.deepEqual(inputs[key], wanted, key);
    }
    assert.equal(inputs["authToken"], undefined);
    assert.deepEqual([protect, retainOnDelete], [true, true]);
  });

  it("has one user, who signs in through IAM and may not administer", async () => {
    const run = await make();
    const user = run.custom("cache-eu-west-1-user").inputs;
    assert.equal(user["userId"], user["userName"]);
    assert.deepEqual(user["authenticationMode"], { type: "iam" });
    assert.match(user["accessString"], /-@admin -@dangerous$/);
    assert.deepEqual(run.custom("cache-eu-west-1-users").inputs["userIds"], [user["userId"]]);
  });

  it("lets in the cluster only", async () => {
    const rules = (await make()).ofType("aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule");
    assert.deepEqual(
      rules.map(({ inputs }) => [inputs["referencedSecurityGroupId"], inputs["fromPort"]]),
      [["sg-cluster", 6379]],
    );
  });

  it("writes its logs to encrypted groups that end", async () => {
    const run = await make();
    const logs = run.custom("cache-eu-west-1-group").inputs["logDeliveryConfigurations"];
    assert.deepEqual(
      logs.map(({ logType }: any) => logType),
      ["slow-log", "engine-log"],
    );
    for (const { inputs } of run.ofType("aws:cloudwatch/logGroup:LogGroup")) {
      assert.deepEqual([inputs["retentionInDays"], inputs["kmsKeyId"]], [365, "arn:log-key"]);
    }
  });

  it("watches the worst of its nodes", async () => {
    const alarm = (await make()).custom("cache-eu-west-1-memory-alarm").inputs;
    assert.deepEqual(
      alarm["metricQueries"].slice(1).map(({ metric }: any) => metric.dimensions.CacheClusterId),
      ["cache-1-001", "cache-1-002", "cache-1-003"],
    );
    assert.deepEqual(alarm["alarmActions"], ["arn:topic"]);
  });

  it("says what the workloads need", async () => {
    const { result } = await make();
    assert.deepEqual(
      [await value(result.endpoint), await value(result.port), await value(result.userName)],
      ["cache.local", 6379, "pathfinity-workloads"],
    );
  });
});
