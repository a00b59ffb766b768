import assert from "node:assert/strict";
import { simulatedReader } from "../../../rehearsal/load";
import type { WatchedStage } from "../../../rollout/core/plan";
import { compare, type Condition } from "../../../stacks/config/rollout/condition";
import { config, productionPlan, rehearse } from "./release";
import { TestLoad, viewOf } from "./world";

const plan = productionPlan("blue-green");

/** What must hold of the candidate while a stage is watched. What triggers say must not last is not to be seen even once. */
const conditions = ({ gates }: WatchedStage) =>
  [
    ...gates.map(({ condition }) => ({ condition, must: true })),
    ...plan.triggers.map(({ condition }) => ({ condition, must: false })),
  ].map(({ condition, must }) => ({ ...condition, must }));

const holds = (
  value: number,
  { comparison, limit, baseline, must }: Condition & { must: boolean },
  active: number | undefined,
) => compare(value, comparison, baseline ? limit * active! : limit) === must;

describe("production's plans over the simulated load", () => {
  it("promote a healthy release, blue-green, at any time of the day", async () => {
    for (let seed = 1; seed <= 8; seed += 1) {
      const { state } = await rehearse({ seed, start: Date.UTC(2027, 0, 12, 3 * seed) });
      assert.equal(state.outcome?.outcome, "promoted", `seed ${seed}: ${state.outcome?.reason ?? state.hold?.reason}`);
      assert.deepEqual(state.warnings, []);
    }
  });

  it("see no healthy candidate beyond a limit, in 100 releases of the blue-green plan's length", async () => {
    for (let seed = 1; seed <= 100; seed += 1) {
      const world = new TestLoad(
        { seed, requestsPerMinute: config.requestsPerMinute },
        Date.UTC(2027, 0, 12, seed % 24),
      );
      const reader = simulatedReader(world.load, config.metrics, plan);
      for (const stage of plan.stages.filter(({ kind }) => kind === "shift" || kind === "validate")) {
        world.set(viewOf({ green: stage.share }));
        for (let passed = 0; passed < stage.soakSeconds; passed += plan.intervalSeconds) {
          const [sample] = await reader.samples([world.pass(plan.intervalSeconds)]);
          for (const { metric, color, scope, value, silence } of sample!.readings.filter(
            (each) => each.color === "green",
          )) {
            const active = sample!.readings.find(
              (each) => each.color === "blue" && each.metric === metric && each.scope === scope,
            );
            const broken = conditions(stage).find(
              (each) => each.metric === metric && value !== undefined && !holds(value, each, active?.value),
            );
            assert.equal(broken, undefined, `seed ${seed}: ${metric} of ${color} in ${scope} is ${value}`);
            // Of a gate's metric there is always enough, but for the first minute after the first shift.
            const gated = stage.gates.some(({ condition }) => condition.metric === metric);
            const first = stage.share === 10 && passed < 60;
            assert.ok(!gated || first || silence === undefined, `seed ${seed}: ${metric} in ${scope}: ${silence}`);
          }
        }
      }
    }
  });

  it("take everybody back from a release that fails, in one region or in all", async () => {
    for (const fault of ["candidate-errors", "candidate-errors@shift-50:eu-west-1", "candidate-errors@validate"]) {
      const { state, load, world } = await rehearse({ faults: [fault] });
      assert.equal(state.outcome?.outcome, "rolled-back", fault);
      assert.match(state.outcome.reason, /error-rate/);
      assert.ok(Object.values(world.weights).every((green) => green === 0));
      const { failed } = load.affected("green");
      assert.ok(failed.release > 10 && failed.capacity === 0);
    }
  });

  it("take everybody back from a candidate that lacks the capacity for what it gets at the daily peak", async () => {
    const { state, load } = await rehearse({ capacity: 0.1, start: Date.UTC(2027, 0, 12, 15, 30) });
    assert.equal(state.outcome?.outcome, "rolled-back");
    assert.ok(load.affected("green").failed.capacity > 1_000);
  });

  it("hold when metrics say nothing, and promote what thresholds do not see", async () => {
    for (const fault of ["metrics-down", "metrics-nan@shift-30", "metrics-stale", "metrics-missing"]) {
      const { state } = await rehearse({ faults: [fault], hours: 1 });
      assert.match(state.hold?.reason ?? "", /could not be read|said nothing/, fault);
    }
    for (const fault of ["slower", "slow-tail"]) {
      assert.equal((await rehearse({ faults: [fault] })).state.outcome?.outcome, "promoted", fault);
    }
  });

  it("repeat every record for the same seed, and not for another", async () => {
    const run = async (seed: number) =>
      (await rehearse({ seed, faults: ["flapping"] })).records.map(({ hash }) => hash);
    assert.deepEqual(await run(4), await run(4));
    assert.notDeepEqual(await run(4), await run(5));
  });
});
