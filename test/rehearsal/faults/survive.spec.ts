import assert from "node:assert/strict";
import { VirtualClock } from "../../../rehearsal/clock";
import { Faults, survive } from "../../../rehearsal/faults";
import type { ControllerPorts } from "../../../rollout/controller/ports";
import { rehearse } from "../load/release";

/** Ports that note what reaches the world. */
function noting() {
  const clock = new VirtualClock();
  const done: string[] = [];
  const ports = {
    clock,
    engine: {
      up: async (name: string) => {
        await clock.sleep(1_000);
        done.push(`up ${name}`);
      },
    },
    journal: { append: async (_: unknown, __: number, body: { type: string }) => void done.push(body.type) },
    hooks: { run: async (hook: string) => void done.push(hook) },
    metrics: {},
    routers: {},
    prober: {},
    notifier: { tell: async () => void done.push("told") },
  } as unknown as ControllerPorts;
  return { clock, done, ports, faults: new Faults([], clock) };
}

const work = async (ports: ControllerPorts, life: number) => {
  const write = (type: string) => ports.journal.append({} as never, 0, { type } as never);
  try {
    await write(`begin ${life}`);
    await ports.engine.up("a");
    await write(`end ${life}`);
  } finally {
    await ports.hooks.run(`clean-up ${life}`, {} as never);
  }
  return `life ${life}`;
};

describe("a controller that is killed", () => {
  const KILLED: readonly (readonly [point: number, what: string, done: string])[] = [
    [1, "before append", ""],
    [2, "after append", "begin 0"],
    [3, "before up", "begin 0"],
    [4, "after up", "begin 0, up a"],
    [5, "before append", "begin 0, up a"],
    [6, "after append", "begin 0, up a, end 0"],
    [7, "before run", "begin 0, up a, end 0"],
    [8, "after run", "begin 0, up a, end 0, clean-up 0"],
  ];
  const WHOLE = "begin 1, up a, end 1, clean-up 1";

  for (const [point, what, before] of KILLED) {
    it(`has done what it had done ${what} (point ${point}) and nothing more, and another one goes on`, async () => {
      const { clock, done, ports, faults } = noting();
      const points: string[] = [];
      const options = {
        clock,
        faults,
        killAt: new Set([point]),
        onPoint: (_: number, name: string) => points.push(name),
      };
      assert.equal(await survive(ports, options, work), "life 1");
      assert.equal(done.join(", "), before === "" ? WHOLE : `${before}, ${WHOLE}`);
      assert.equal(points[point - 1], what);
    });
  }

  it("does not even come back from its last call, whatever it would do then", async () => {
    for (const point of [1, 2]) {
      const { clock, ports, faults } = noting();
      const came: number[] = [];
      await survive(ports, { clock, faults, killAt: new Set([point]) }, async (mortal, life) => {
        await mortal.engine.up("a");
        came.push(life);
      });
      assert.deepEqual(came, [1], `killed at ${point}`);
    }
  });

  it("is followed after six minutes, when its lease has run out", async () => {
    const { clock, ports, faults } = noting();
    const began: number[] = [];
    await survive(ports, { clock, faults, killAt: new Set([1]) }, (mortal, life) => {
      began.push(clock.now());
      return work(mortal, life);
    });
    assert.equal(began[1]! - began[0]!, 360_000);
  });

  it("ends with the error that it ends with when nobody kills it", async () => {
    const { clock, ports, faults } = noting();
    await assert.rejects(
      survive(ports, { clock, faults }, () => Promise.reject(new Error("a defect"))),
      /a defect/,
    );
  });
});

describe("production's release with a controller that is killed", () => {
  it("is promoted all the same, with the weights that its journal says, wherever it is killed", async () => {
    let points = 0;
    await rehearse({ onPoint: (point) => (points = point) });
    assert.ok(points > 500, `${points} points`);
    for (let point = 1; point < points; point += Math.ceil(points / 8)) {
      const { state, world, lives } = await rehearse({ killAt: new Set([point]) });
      assert.equal(
        state.outcome?.outcome,
        "promoted",
        `killed at ${point}: ${state.hold?.reason ?? state.outcome?.reason}`,
      );
      assert.equal(lives, 2);
      assert.deepEqual(new Set(Object.values(world.weights)), new Set([100]));
      assert.deepEqual(state.shares, world.shares);
    }
  });

  it("is rolled back to 0 all the same when the candidate fails, wherever it is killed", async () => {
    let points = 0;
    await rehearse({ faults: ["candidate-errors"], onPoint: (point) => (points = point) });
    // The first record, without which there is nothing to resume, is tested above.
    for (let point = 3; point < points; point += Math.ceil(points / 12)) {
      const { state, world } = await rehearse({ faults: ["candidate-errors"], killAt: new Set([point]) });
      assert.equal(state.outcome?.outcome, "rolled-back", `killed at ${point}`);
      assert.deepEqual(new Set(Object.values(world.weights)), new Set([0]));
    }
  });
});
