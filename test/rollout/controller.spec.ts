import assert from "node:assert/strict";
import { Controller } from "../../rollout/controller";
import type { ControllerPorts } from "../../rollout/controller/ports";
import { Teller } from "../../rollout/controller/teller";
import { EngineError } from "../../rollout/engine";
import type { Message } from "../../rollout/ports";
import type { Request } from "../../rollout/requests";
import { FakeWorld } from "./support/fakeWorld";
import { planned } from "./support/plans";

const decisions = (world: FakeWorld) =>
  world.records.flatMap((record) => (record.type === "decided" ? [record.decision] : []));
const ends = (world: FakeWorld) => world.records.at(-1);

describe("the controller", () => {
  it("brings a healthy release to everybody, one stage after the other, and claims nothing at the end", async () => {
    const world = new FakeWorld(planned());
    await world.run(await world.start());
    const begun = world.records.flatMap((record) => (record.type === "stage-begun" ? [record.stage] : []));
    assert.deepEqual(begun, [
      "deploy",
      "smoke",
      "capacity-100",
      "shift-10",
      "shift-50",
      "shift-100",
      "validate",
      "activate",
      "watch",
      "retire",
      "complete",
    ]);
    assert.equal(world.records.find(({ type }) => type === "finished")?.type, "finished");
    assert.deepEqual(world.shares, { "us-east-1": 100, "eu-west-1": 100, "eu-central-1": 100 });
    assert.equal(world.claimed, undefined);
  });

  it("takes everybody back when a trigger fires in one region", async () => {
    const world = new FakeWorld(planned());
    world.metric = (_, color, scope) => (color === "green" && scope === "eu-west-1" ? 6 : 0.1);
    const plan = planned({ steps: [{ share: 10, soak: "5m" }, { share: 100 }] });
    Object.assign(world, { plan });
    await world.run(await world.start());
    const rollback = decisions(world).find(({ kind }) => kind === "rollback");
    assert.match((rollback as { reason: string }).reason, /trigger errors: error-rate > 5 in eu-west-1 for 60 s/);
    assert.deepEqual(world.shares, { "us-east-1": 0, "eu-west-1": 0, "eu-central-1": 0 });
    const finished = world.records.find((record) => record.type === "finished");
    assert.equal(finished?.type === "finished" && finished.outcome, "rolled-back");
  });

  it("holds where routers do not do what was set", async () => {
    const world = new FakeWorld(planned());
    world.deaf.add("eu-west-1");
    const controller = await world.start();
    await world.run(controller, 3600);
    assert.match(controller.state.hold!.reason, /green gets 0 % of the requests in eu-west-1, and 10 % was set/);
    assert.equal(ends(world)?.type === "finished", false);
  });

  it("holds where the routers cannot be read, and is no cover for a defect of what reads them", async () => {
    const run = async (problem: Error) => {
      const world = new FakeWorld(planned());
      const ports: ControllerPorts = { ...world.ports, routers: { shares: () => Promise.reject(problem) } };
      const lease = await world.journal.acquire("test", 300);
      const controller = await Controller.start(ports, lease, world.plan, "ada@example.org");
      await world.run(controller, 3600);
      return controller.state;
    };
    const state = await run(new EngineError("the cloud is gone"));
    assert.match(state.hold!.reason, /shift-10: the routers cannot be read: the cloud is gone/);
    await assert.rejects(run(new TypeError("shares is not iterable")), TypeError);
  });

  it("keeps no message once everybody was told and it is recorded", async () => {
    const world = new FakeWorld(planned());
    const teller = new Teller(world.ports.notifier);
    const message: Message = { notice: "hold", rollout: "r", stack: "s", title: "it holds", lines: [], head: "" };
    teller.tell(message);
    await teller.settled();
    assert.deepEqual(teller.results(), [{ type: "notified", channel: "people", notice: "hold", ok: true }]);
    assert.deepEqual(Object.values(teller).filter(Array.isArray).flat(), []);
  });

  it("reads each sample once while something runs, though a step back waits for its end", async () => {
    const gates = ["error-rate < 1"];
    const steps = [
      { share: 10, soak: "1m", gates },
      { share: 50, soak: "1m", gates, hooks: ["check"] },
      { share: 100 },
    ];
    const triggers = { slow: { when: "latency > 5", for: "30s", action: "step-back" as const } };
    const hooks = { check: { command: ["true"] } };
    const world = new FakeWorld(planned({ steps, triggers: ["slow"] }, { triggers, hooks }));
    const read: number[] = [];
    const { metrics, hooks: runner } = world.ports;
    let running = false;
    world.metric = (metric, color) => (metric === "latency" && color === "green" && running ? 6 : 0.1);
    const ports: ControllerPorts = {
      ...world.ports,
      metrics: {
        samples: (moments) => {
          read.push(...moments);
          return metrics.samples(moments);
        },
      },
      hooks: {
        // The machine sleeps for ten intervals; then the hook takes a few more.
        run: async (...args) => {
          running = true;
          world.time += 10_000 * world.plan.intervalSeconds;
          for (let turn = 0; turn < 50; turn += 1) {
            await new Promise(setImmediate);
          }
          return runner.run(...args);
        },
      },
    };
    const lease = await world.journal.acquire("test", 300);
    const controller = await Controller.start(ports, lease, world.plan, "ada@example.org");
    while (decisions(world).every(({ kind }) => kind !== "step-back")) {
      await world.run(controller, world.plan.intervalSeconds);
    }
    assert.ok(read.length > 10);
    assert.deepEqual(read, [...new Set(read)]);
  });

  it("takes up an approval once it is proven, also one that was asked for elsewhere, and no other", async () => {
    const before = { approvals: ["captain"], checklist: [] };
    const approvers = { captain: ["grace@example.org"] };
    const world = new FakeWorld(planned({ before, steps: [{ share: 100 }] }, { approvers }));
    const waiting: Request[] = [];
    const ports: ControllerPorts = {
      ...world.ports,
      requests: async () => waiting.splice(0),
      identify: async (_, request) => {
        if (request.signature !== "by grace") {
          throw new EngineError("who is that?");
        }
        return { ...request, person: "grace@example.org" };
      },
    };
    const lease = await world.journal.acquire("test", 300);
    const controller = await Controller.start(ports, lease, world.plan, "ada@example.org");
    const asked = (signature?: string): Request => ({
      kind: "approve",
      role: "captain",
      person: "grace@example.org",
      digest: controller.state.digest,
      ...(signature === undefined ? {} : { signature }),
    });
    await assert.rejects(controller.ask(asked()), /who is that/);
    waiting.push(asked(), asked("by eve"));
    await world.run(controller, 600);
    assert.deepEqual(controller.state.approvals, []);
    waiting.push(asked("by grace"));
    await world.run(controller, 600);
    assert.equal(controller.state.approvals.length, 1);
    assert.notEqual(controller.state.index, 0);
  });
});
