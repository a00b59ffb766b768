import assert from "node:assert/strict";
import type { JournalRecord } from "../../rollout/core/records";
import { ModelWorld, NO_MISHAPS } from "./support/modelWorld";
import { planned } from "./support/plans";

type Plan = Parameters<typeof planned>[0];
type Config = Parameters<typeof planned>[1];
type Of<Type extends JournalRecord["type"]> = Extract<JournalRecord, { type: Type }>;

const ROUTERS = ["us-east-1", "eu-west-1", "eu-central-1"].map(
  (region) => `urn:pulumi:the-routers::cutover::aws:lb/listenerRule:ListenerRule::router-${region}`,
);
const worldOf = (plan: Plan = {}, config: Config = {}) => new ModelWorld(planned(plan, config));
const records = <Type extends JournalRecord["type"]>({ records: all }: ModelWorld, type: Type) =>
  all.filter((record): record is Of<Type> => record.type === type);
const shifted = (world: ModelWorld, share: number) => () => world.shares["us-east-1"] === share;
const failing = (world: ModelWorld, value = 6) => {
  world.metric = (metric, color) => (color === "green" && metric === "error-rate" ? value : 0.1);
};
/** No gate is in the way of the trigger. */
const STEPS = [{ share: 10, soak: "1h" }, { share: 100 }];

describe("what the controller does to the world", () => {
  it("a rollback is one `up` of all routers, though the rule was broken in one region", async () => {
    const world = worldOf({ steps: STEPS });
    world.metric = (metric, color, scope) =>
      color === "green" && metric === "error-rate" && scope === "eu-west-1" ? 6 : 0.1;
    await world.run(20);
    assert.deepEqual(world.shares, { "us-east-1": 0, "eu-west-1": 0, "eu-central-1": 0 });
    const [rollback, ...others] = records(world, "effect-begun").filter(({ effect }) => effect.kind === "rollback");
    assert.deepEqual(rollback?.urns?.toSorted(), ROUTERS.toSorted());
    assert.deepEqual(others, []);
    assert.deepEqual(world.things.ups.at(-1)!.targets?.toSorted(), ROUTERS.toSorted());
  });

  it("is recorded before it is done, and after", async () => {
    const world = worldOf();
    const seen: string[] = [];
    world.at = (point) => seen.push(point);
    await world.run(200);
    seen.forEach((point, index) => {
      if (point.startsWith("before up") || point.startsWith("before hook") || point === "before the probe") {
        assert.equal(seen[index - 1], "after a record: effect-begun");
      }
      if (point.startsWith("after up") || point.startsWith("after hook") || point === "after the probe") {
        assert.equal(seen[index + 1], "before a record: effect-done");
      }
    });
    assert.ok(seen.includes("before the probe"));
  });

  it("a stage that the policies forbid is held, and nothing is done; all that they say is recorded", async () => {
    const world = worldOf();
    await world.run(20, shifted(world, 10));
    const ups = world.things.ups.length;
    world.mishaps = { ...NO_MISHAPS, forbidden: () => true };
    await world.run(60);
    assert.match(world.controller!.state.hold!.reason, /the policies forbid it: no \(and 1 more\)/);
    assert.deepEqual(records(world, "effect-failed").at(-1)?.violations, ["no", "never"]);
    assert.equal(world.things.ups.length, ups);
  });

  it("a stage is not left when somebody has moved the weights: it holds", async () => {
    const world = worldOf();
    await world.run(20, shifted(world, 10));
    world.move("eu-west-1", 40);
    await world.run(60);
    assert.match(
      world.controller!.state.hold!.reason,
      /green gets 40 % of the requests in eu-west-1, and 10 % was set/,
    );
    assert.equal(records(world, "stage-begun").at(-1)?.stage, "shift-10");
  });

  it("an `up` that says it is done, and is not, does not count", async () => {
    const world = worldOf();
    world.mishaps = { ...NO_MISHAPS, deaf: (region) => region === "eu-west-1" };
    await world.run(20);
    assert.match(world.controller!.state.hold!.reason, /green gets 0 % of the requests in eu-west-1, and 10 % was set/);
    assert.equal(world.controller!.state.progress.applied, false);
  });

  it("weights that were moved by hand are taken back, although Pulumi's state knows nothing of them", async () => {
    const world = worldOf({ steps: STEPS });
    await world.run(20, shifted(world, 10));
    world.move("eu-central-1", 30);
    world.things.recorded["eu-central-1"] = 0;
    failing(world);
    await world.run(20);
    assert.deepEqual(world.shares, { "us-east-1": 0, "eu-west-1": 0, "eu-central-1": 0 });
  });

  it("weights that are moved by hand while a rollback waits for another region are taken back before it ends", async () => {
    const world = worldOf({ steps: STEPS });
    await world.run(20, shifted(world, 10));
    failing(world);
    world.mishaps = { ...NO_MISHAPS, deaf: (region) => region === "eu-west-1" };
    await world.run(10, () => world.shares["us-east-1"] === 0);
    world.mishaps = NO_MISHAPS;
    world.move("us-east-1", 100);
    await world.run(10);
    assert.equal(world.controller!.state.outcome?.outcome, "rolled-back");
    assert.deepEqual(world.shares, { "us-east-1": 0, "eu-west-1": 0, "eu-central-1": 0 });
  });

  it("a color that still has requests is not retired, though people promoted past what was read back", async () => {
    const world = worldOf({ retire: true });
    await world.run(200, () => world.controller?.state.hold === undefined && shifted(world, 100)());
    world.move("eu-west-1", 40);
    world.people = ({ hold, progress }) =>
      hold !== undefined && progress.applied
        ? [{ kind: "promote", by: "bob@example.org", reason: "it looks good" }]
        : [];
    await world.run(200);
    const { state } = world.controller!;
    assert.match(state.hold!.reason, /^retire: green gets 40 % of the requests in eu-west-1, and 100 % was set/);
    assert.equal(state.progress.applied, false);
    assert.deepEqual(
      world.things.ups.filter(({ set }) => "capacity.blue" in set),
      [],
    );

    world.move("eu-west-1", 100);
    await world.controller!.ask({ kind: "resume", by: "bob@example.org", reason: "it was put back" });
    await world.run(10);
    assert.equal(world.controller!.state.outcome?.outcome, "promoted");
  });

  it("somebody else's change in a preview stops the stage with the list, and nothing is done", async () => {
    const world = worldOf();
    world.mishaps = { ...NO_MISHAPS, foreign: () => true };
    await world.run(20);
    const [failed] = records(world, "effect-failed");
    assert.deepEqual(failed?.outside, ["urn:pulumi:the-application::cutover::aws:rds/instance:Instance::users"]);
    assert.match(world.controller!.state.hold!.reason, /it would change 1 resources that it may not/);
    assert.deepEqual(world.things.ups, []);
  });

  it("hooks of `smoke` run once the candidate answers, and before it has any request; one that fails ends it there", async () => {
    const plan = { hooks: { smoke: ["smoke"], complete: ["tag"] } };
    const config = { hooks: { smoke: { command: ["true"] }, tag: { command: ["true"] } } };
    const world = worldOf(plan, config);
    await world.run(200);
    const effects = records(world, "effect-done").map(({ effect }) =>
      effect.kind === "hook" ? effect.hook : effect.kind === "rollback" ? "rollback" : `${effect.kind} ${effect.stage}`,
    );
    assert.deepEqual(effects.slice(1, 5), ["probe smoke", "smoke", "up capacity-100", "up shift-10"]);
    assert.deepEqual(effects.slice(-2), ["up complete", "tag"]);
    assert.deepEqual(world.things.hooked, ["smoke 1 smoke", "complete 1 tag"]);

    const failing = worldOf(plan, config);
    failing.mishaps = { ...NO_MISHAPS, hook: () => "the login fails" };
    await failing.run(200);
    assert.deepEqual(failing.controller!.state.outcome?.reason, "smoke failed: the login fails");
    assert.deepEqual(
      failing.things.ups.filter(({ set }) => "traffic.green" in set),
      [],
    );
  });

  it("it claims what it owns while it is open, and nothing when it has ended", async () => {
    const world = worldOf();
    await world.run(20, shifted(world, 10));
    assert.equal(world.things.claimed, true);
    await world.run(200);
    assert.equal(world.controller!.state.outcome?.outcome, "promoted");
    assert.equal(world.things.claimed, false);
  });

  it("a value that is no number is recorded as silence, whoever delivered it", async () => {
    const world = worldOf();
    world.metric = () => NaN;
    await world.run(20);
    const readings = records(world, "sampled").flatMap(({ sample }) => sample.readings);
    assert.ok(readings.length > 0 && readings.every(({ value, silence }) => value === undefined && silence === "nan"));
  });

  describe("while an `up` is running", () => {
    /** The second shift takes ten minutes, and gives requests from its begin. */
    const slow = (stubborn: boolean, triggers: NonNullable<Config>["triggers"], names: string[]) => {
      const steps = [{ share: 10, soak: "30s" }, { share: 50, soak: "1h" }, { share: 100 }];
      const world = worldOf({ steps, triggers: names }, { triggers });
      world.mishaps = {
        ...NO_MISHAPS,
        slow: () => (world.shares["us-east-1"] === 10 ? { intervals: 20, stubborn } : undefined),
      };
      return world;
    };

    it("a trigger ends it, and takes everybody back", async () => {
      const world = slow(false, { errors: { when: "error-rate > 5", for: "1m" } }, ["errors"]);
      await world.run(30, shifted(world, 10));
      failing(world);
      const begun = world.things.time;
      await world.run(15);
      assert.equal(world.controller!.state.outcome?.outcome, "rolled-back");
      assert.ok(world.things.time - begun < 10 * world.interval);
      assert.equal(world.shares["us-east-1"], 0);
    });

    it("that does not end when it is told to, a rollback is tried until it has", async () => {
      const world = slow(true, { errors: { when: "error-rate > 5", for: "1m" } }, ["errors"]);
      await world.run(30, shifted(world, 10));
      failing(world);
      await world.run(60);
      assert.equal(world.controller!.state.outcome?.outcome, "rolled-back");
      assert.deepEqual(world.shares, { "us-east-1": 0, "eu-west-1": 0, "eu-central-1": 0 });
      assert.ok(records(world, "effect-failed").some(({ reason }) => reason.includes("locked by another update")));
    });

    it("that does not end when it is told to, and reaches regions that had nothing yet, those are taken back, too", async () => {
      const steps = [{ share: 10, soak: "30s", regions: ["us-east-1"] }, { share: 50, soak: "1h" }, { share: 100 }];
      const world = worldOf({ steps, triggers: ["errors"] });
      world.mishaps = {
        ...NO_MISHAPS,
        slow: () => (world.shares["us-east-1"] === 10 ? { intervals: 8, stubborn: true } : undefined),
      };
      await world.run(30, shifted(world, 10));
      failing(world);
      await world.run(60);
      assert.equal(world.controller!.state.outcome?.outcome, "rolled-back");
      assert.ok(world.things.ups.some(({ set }) => set["traffic.green"] === 50));
      assert.deepEqual(world.shares, { "us-east-1": 0, "eu-west-1": 0, "eu-central-1": 0 });
    });

    for (const action of ["warn", "hold", "step-back"] as const) {
      it(`a trigger whose action is ${action} does not hide one that takes everybody back`, async () => {
        const world = slow(
          false,
          { mild: { when: "latency > 5", for: "1m", action }, grave: { when: "error-rate > 5", for: "1m" } },
          ["mild", "grave"],
        );
        await world.run(30, shifted(world, 10));
        const begun = world.things.time;
        // The mild one fires first, and goes on; the grave one begins three minutes later.
        world.metric = (metric, color, _, at) =>
          color === "green" && (metric === "latency" || (metric === "error-rate" && at > begun + 180_000)) ? 6 : 0.1;
        await world.run(18);
        assert.equal(world.controller!.state.outcome?.outcome, "rolled-back");
        assert.match(world.controller!.state.outcome.reason, /trigger grave/);
        assert.ok(world.things.time - begun < 15 * world.interval);
      });
    }
  });
});
