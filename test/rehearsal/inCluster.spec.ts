import assert from "node:assert/strict";
import { clouds } from "../../rehearsal/clouds";
import { VirtualClock } from "../../rehearsal/clock";
import { faultyClouds, faultyEngine, faultyReader, Faults, parseFault } from "../../rehearsal/faults";
import { lookAt, SimulatedLoad, simulatedReader } from "../../rehearsal/load";
import { greenWeights, unreachable } from "../../rehearsal/world";
import { Controller } from "../../rollout/controller";
import { LEASE_SECONDS, type ControllerPorts } from "../../rollout/controller/ports";
import type { JournalRecord } from "../../rollout/core/records";
import { memoryJournal } from "../../rollout/journal";
import { planOf } from "../../rollout/plan";
import { EngineRouterReader } from "../../rollout/routers";
import { rolloutSchema } from "../../stacks/config/rollout";
import { RELEASE } from "../rollout/support/plans";
import { clusterProgram, type ClusterSettings } from "./support/cluster";
import { project, Theater } from "./support/stage";

const REGIONS = { northeurope: 40, westeurope: 60 };
const STACK = "dev";

/** Rehearses a release on clusters: the unmodified controller, stand-in clusters, simulated users. */
async function released(shares: readonly number[], settings: ClusterSettings, fault?: string) {
  const clock = new VirtualClock();
  const faults = new Faults(fault === undefined ? [] : [parseFault(fault)], clock);
  const theater = new Theater({ project: project(), clouds: faultyClouds(clouds, faults), facts: undefined });
  const program = clusterProgram({ ...settings, regions: Object.keys(REGIONS) });
  await theater.up(program);
  const { rehearsal } = theater;

  const gates = ["error-rate < 1"];
  const config = rolloutSchema.parse({
    release: RELEASE,
    databaseChange: false,
    plan: "standard",
    plans: {
      standard: {
        strategy: "blue-green",
        steps: shares.map((share) => (share === 100 ? { share } : { share, soak: "10m", gates })),
        validate: { soak: "15m", gates },
        rollbackWindow: "10m",
        triggers: ["errors"],
      },
    },
    sources: { prometheus: { kind: "prometheus", url: "http://127.0.0.1:9090" } },
    metrics: { "error-rate": { source: "prometheus", query: "a", unit: "%" } },
    triggers: { errors: { when: "error-rate > 5", for: "2m" } },
  });
  const plan = planOf(config, {
    active: "blue",
    stacks: { application: STACK, traffic: STACK },
    regions: REGIONS,
    releases: {},
  });
  const load = new SimulatedLoad({
    clock,
    view: () => lookAt(rehearsal.world),
    regions: REGIONS,
    active: "blue",
    seed: 1,
    behavior: (region, color, at) => faults.behavior(region, color, at),
  });
  const look = () => load.look();
  look();
  faults.attach({ plan, changeWorld: (change) => rehearsal.changeWorld(change), look });
  const engine = faultyEngine(rehearsal, faults, clock, look);
  const records: JournalRecord[] = [];
  const weights: Record<string, number>[] = [];
  const ports: ControllerPorts = {
    engine,
    journal: memoryJournal(STACK, () => clock.now()),
    clock,
    metrics: faultyReader(simulatedReader(load, config.metrics, plan), faults),
    routers: new EngineRouterReader(engine, STACK),
    prober: { unreachable: async (color) => unreachable(rehearsal.world, color) },
    hooks: { run: async () => ({ ok: true, output: "" }) },
    notifier: { tell: async () => [] },
    onRecord: (record) => {
      records.push(record);
      faults.follow(record);
      if (record.type === "decided" && record.decision.kind === "promote") {
        weights.push(greenWeights(rehearsal.world));
      }
    },
  };
  const lease = await ports.journal.acquire("test", LEASE_SECONDS);
  const controller = await Controller.start(ports, lease, plan, "ada");
  await controller.watch(undefined, ({ begun }) => clock.now() > begun + 86_400_000);
  clock.stop();
  return { state: controller.state, records, weights, world: rehearsal.world, affected: load.affected() };
}

describe("a release inside clusters", function () {
  this.timeout(120_000);

  it("goes through the weights of routes, and nobody meets an error of it", async () => {
    const { state, weights, affected } = await released([10, 50, 100], { page: false });
    assert.equal(state.outcome?.outcome, "promoted", state.outcome?.reason);
    const met = [...new Set(weights.map((each) => JSON.stringify(each)))];
    assert.deepEqual(
      met,
      [0, 10, 50, 100].map((green) => JSON.stringify({ northeurope: green, westeurope: green })),
    );
    assert.deepEqual([affected.failed.capacity, affected.failed.nowhere, affected.failed.release], [0, 0, 0]);
  });

  it("goes back when a region's candidate fails, and its journal says how to do that without Pulumi", async () => {
    const { state, records, world } = await released([10, 50, 100], {}, "candidate-errors@shift-50");
    assert.equal(state.outcome?.outcome, "rolled-back", state.outcome?.reason);
    assert.deepEqual(greenWeights(world), { northeurope: 0, westeurope: 0 });
    const [started] = records;
    assert.ok(started?.type === "started");
    assert.deepEqual(
      started.routers.map(({ region, urn }) => `${region} ${urn.split("::").at(-1)}`).sort(),
      ["northeurope api", "northeurope web", "westeurope api", "westeurope web"].map((text) => {
        const [region, workload] = text.split(" ");
        return `${region} router-${region}-${workload}`;
      }),
    );
  });

  it("is stopped where a route keeps its old weights although the cluster says otherwise", async () => {
    const { records } = await released([10, 50, 100], {}, "write-ignored@shift-10");
    const failed = records.find((record) => record.type === "effect-failed");
    assert.ok(failed?.type === "effect-failed" && failed.effect.kind === "up" && failed.effect.stage === "shift-10");
    assert.match(failed.reason, /^green gets 0 % of the requests in northeurope, and 10 % was set/);
  });

  it("holds where somebody moves weights by hand", async () => {
    const { state } = await released([10, 50, 100], {}, "weights-moved@shift-10");
    assert.match(state.hold!.reason, /^shift-10: green gets 77 % of the requests in northeurope, and 10 % was set/);
  });

  it("is a switch where there is no gateway", async () => {
    const { state, weights } = await released([100], { kind: "service-switch" });
    assert.equal(state.outcome?.outcome, "promoted", state.outcome?.reason);
    assert.deepEqual(weights.at(-1), { northeurope: 100, westeurope: 100 });
  });

  it("is switched back where there is no gateway", async () => {
    const { state, world } = await released([100], { kind: "service-switch" }, "candidate-errors@validate");
    assert.equal(state.outcome?.outcome, "rolled-back", state.outcome?.reason);
    assert.deepEqual(greenWeights(world), { northeurope: 0, westeurope: 0 });
  });

  it("goes back in the regions that can be reached while one is gone", async () => {
    const { records, state } = await released([10, 50, 100], {}, "region-down@shift-50:northeurope");
    assert.notEqual(state.outcome?.outcome, "promoted");
    assert.ok(
      records.some((record) => record.type === "decided" && record.decision.kind === "rollback"),
      JSON.stringify(state.hold),
    );
  });
});
