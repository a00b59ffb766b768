import assert from "node:assert/strict";
import { clusterSchema, nodeCapacity, nodeGroupSize } from "../../../stacks/config/cluster";
import { networkSchema } from "../../../stacks/config/network";
import { clusterConfig, clusterInput } from "../../support/clusterConfig";

/** What is wrong with the section after a change of it. */
function errors(change: (input: any) => void): string[] {
  const input = structuredClone(clusterInput());
  change(input);
  const result = clusterSchema.safeParse(input);
  return result.success ? [] : result.error.issues.map(({ path, message }) => `${path.join(".")}: ${message}`);
}

describe("the cluster section", () => {
  it("knows the nodes' capacity for workloads: untainted groups at their largest, and all GPUs", () => {
    const config = clusterConfig();
    assert.deepEqual(nodeCapacity(config, "primary"), { cpu: 185, memoryGiB: 700, gpus: 10 });
    assert.deepEqual(nodeCapacity(config, "recovery"), { cpu: 185, memoryGiB: 700, gpus: 4 });
  });

  it("takes the recovery size in a recovery region and the other one elsewhere", () => {
    const group = clusterConfig().nodeGroups["general"]!;
    assert.equal(nodeGroupSize(group, "recovery").desired, 3);
    assert.equal(nodeGroupSize(group, "secondary").desired, 10);
  });

  it("fails for sizes that are not in order", () => {
    assert.deepEqual(
      errors((input) => (input.nodeGroups.general.size = { min: 3, desired: 2, max: 50 })),
      ["nodeGroups.general.size: min <= desired <= max"],
    );
  });

  it("fails when nobody has access, because the creator has none either", () => {
    assert.match(errors((input) => (input.access = {}))[0] ?? "", /at least the role that runs/);
  });

  it("fails when every group is tainted", () => {
    assert.match(errors((input) => delete input.nodeGroups.general)[0] ?? "", /at least one group without taints/);
  });

  it("fails for a chart without an exact version, and for a controller that is alone", () => {
    assert.match(
      errors((input) => (input.controllers = { autoscaler: { version: "^9.59.0" } }))[0] ?? "",
      /exact version/,
    );
    assert.equal(errors((input) => (input.controllers = { autoscaler: { replicas: 1 } })).length, 1);
  });

  it("fails for unknown keys", () => {
    assert.equal(errors((input) => (input.publicEndpoint = true)).length, 1);
    assert.equal(errors((input) => (input.addons = { "kube-dns": {} })).length, 1);
  });
});

describe("the network section", () => {
  it("needs nothing to be said", () => {
    const config = networkSchema.parse(undefined);
    assert.equal(config.flowLogs.retentionDays, 365);
    assert.deepEqual(config.operatorRanges, []);
  });

  it("fails for a retention that CloudWatch does not know, and for the same service twice", () => {
    assert.equal(networkSchema.safeParse({ flowLogs: { retentionDays: 100 } }).success, false);
    assert.equal(networkSchema.safeParse({ flowLogs: { retentionDays: 0 } }).success, false);
    assert.equal(networkSchema.safeParse({ interfaceEndpoints: ["sts", "sts"] }).success, false);
  });
});
