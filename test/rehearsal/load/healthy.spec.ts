import assert from "node:assert/strict";
import { rehearse } from "./release";

describe("production's plans over the simulated load", () => {
  it("promote a healthy release, blue-green, whatever the seed and the time of day: 100 of 100", async () => {
    for (let seed = 1; seed <= 100; seed += 1) {
      const start = Date.UTC(2027, 0, 12, seed % 24);
      const { state } = await rehearse({ seed, start });
      assert.equal(state.outcome?.outcome, "promoted", `seed ${seed}: ${state.outcome?.reason ?? state.hold?.reason}`);
      assert.deepEqual(state.warnings, []);
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
    const { state, load } = await rehearse({ capacity: 0.2, start: Date.UTC(2027, 0, 12, 15, 30) });
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
    const run = async (seed: number) => (await rehearse({ seed, faults: ["flapping"] })).records.map(({ hash }) => hash);
    assert.deepEqual(await run(4), await run(4));
    assert.notDeepEqual(await run(4), await run(5));
  });
});
