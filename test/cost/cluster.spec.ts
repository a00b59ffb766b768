import assert from "node:assert/strict";
import type { CostResource } from "../../cost/resources";
import { clusterId } from "../../components/internal/names";
import type { Json } from "../../rollout/engine";
import { cost, inputs } from "./resources";

const REGION = "us-central";
const PROVIDER = `urn:pulumi:test::cutover::pulumi:providers:kubernetes::kubernetes-${REGION}`;
const NODES = { nodes: { usdPerHour: 0.4, cpu: 8, memoryGiB: 32 }, storageGiBMonthUsd: 0.1 };
const LOAD = { requestsPerStudentDay: 0, autoscalingPercent: 0 };

const object = (type: string, name: string, spec: Json, color = "blue"): CostResource => ({
  urn: `urn:pulumi:test::cutover::kubernetes:${type}::${color}-${name}`,
  type: `kubernetes:${type}`,
  inputs: {
    metadata: { name, namespace: color, labels: { "app.kubernetes.io/name": name, "cutover/color": color } },
    spec,
  },
  provider: PROVIDER,
});
const pods = (name: string, replicas: number, cpu: string, color?: string) =>
  object(
    "apps/v1:Deployment",
    name,
    { replicas, template: { spec: { containers: [{ resources: { requests: { cpu, memory: "1Gi" } } }] } } },
    color,
  );

function of(resources: readonly CostResource[], cluster: typeof NODES | null = NODES) {
  const provider: CostResource = {
    urn: PROVIDER,
    type: "pulumi:providers:kubernetes",
    inputs: { clusterIdentifier: clusterId(REGION, "production") },
  };
  return cost([provider, ...resources], inputs({ load: LOAD, ...(cluster && { cluster }) }, { [REGION]: 100 }));
}

describe("the cost of a cluster that is there already", () => {
  it("is that of the nodes which its pods fill to three quarters, whole ones", () => {
    // 6 of a node's 8 vCPU are filled: 12 vCPU are two nodes, and one pod more is a third.
    assert.equal(of([pods("web", 12, "1")]).hourly.steady.toFixed(4), "0.8000");
    assert.equal(of([pods("web", 13, "1")]).hourly.steady.toFixed(4), "1.2000");
    assert.deepEqual(Object.keys(of([pods("web", 12, "1")]).perRegion), [REGION]);
  });

  it("counts both colors at full capacity while both run, and each node once however many Deployments there are", () => {
    const { hourly } = of([
      pods("web", 6, "1"),
      pods("api", 6, "1"),
      pods("web", 0, "1", "green"),
      pods("api", 0, "1", "green"),
    ]);
    assert.equal(hourly.steady.toFixed(4), "0.8000");
    assert.equal(hourly.both.toFixed(4), "1.6000");
  });

  it("counts a database's instances among the pods, and their volumes by the GiB", () => {
    const database = object("postgresql.cnpg.io/v1:Cluster", "postgres", {
      instances: 3,
      resources: { requests: { cpu: "2", memory: "8Gi" } },
      storage: { size: "100Gi" },
      walStorage: { size: "20Gi" },
    });
    const { perPart } = of([pods("web", 12, "1"), database]);
    assert.equal(perPart.compute!.steady.toFixed(4), "1.2000");
    assert.equal(perPart.database!.steady.toFixed(6), ((3 * 120 * 0.1) / 730).toFixed(6));
  });

  it("says of volumes that nobody gave a price for them", () => {
    const database = object("postgresql.cnpg.io/v1:Cluster", "postgres", { instances: 1, storage: { size: "10Gi" } });
    assert.match(
      of([database], null)
        .notPriced.map(({ why }) => why)
        .join(),
      /no price of cluster.storage in us-central/,
    );
  });
});
