import assert from "node:assert/strict";
import type { CostResource } from "../../cost/resources";
import type { Json } from "../../rollout/engine";
import { cost, inputs } from "./resources";

const PROVIDER = "urn:pulumi:test::cutover::pulumi:providers:azure-native::azure";

/** What a resource of Azure costs in an hour, USD. */
function hourlyCost(type: string, properties: Record<string, Json>): number {
  const resources: CostResource[] = [
    { urn: PROVIDER, type: "pulumi:providers:azure-native", inputs: {} },
    {
      urn: `urn:pulumi:test::cutover::azure-native:${type}::thing`,
      type: `azure-native:${type}`,
      inputs: { location: "eastus2", ...properties },
      provider: PROVIDER,
    },
  ];
  const { hourly } = cost(resources, inputs({}, { eastus2: 100 }));
  return Math.round(hourly.steady * 1_000) / 1_000;
}

describe("the meters of Azure", () => {
  it("count a database twice when it has a standby, with its storage", () => {
    const server = (mode: string) =>
      hourlyCost("dbforpostgresql:Server", {
        sku: { name: "Standard_D8ds_v5", tier: "GeneralPurpose" },
        storage: { storageSizeGB: 730 },
        highAvailability: { mode },
      });
    assert.equal(server("Disabled"), 0.95);
    assert.equal(server("ZoneRedundant"), 1.9);
  });

  it("count pools at their fewest nodes, and the control plane", () => {
    const pool = { vmSize: "Standard_D8ds_v5", minCount: 3, maxCount: 30 };
    assert.equal(hourlyCost("containerservice:AgentPool", pool), 1.356);
    assert.equal(hourlyCost("containerservice:ManagedCluster", { agentPoolProfiles: [pool] }), 1.456);
  });

  it("count both nodes of a cache, and one without a second", () => {
    const cache = (highAvailability: string) =>
      hourlyCost("redisenterprise:RedisEnterprise", { sku: { name: "Balanced_B3" }, highAvailability });
    assert.equal(cache("Enabled"), 0.13);
    assert.equal(cache("Disabled"), 0.065);
  });

  it("know the DDoS plan, which is most of a small deployment's cost", () => {
    assert.equal(hourlyCost("network:DdosProtectionPlan", {}), 4.032);
  });
});
