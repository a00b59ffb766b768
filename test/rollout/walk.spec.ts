import assert from "node:assert/strict";
import { EngineError, type Engine, type Json, type Plan, type RunOptions } from "../../rollout/engine";
import { stagesOf, type Stage } from "../../rollout/stages";
import { listenerWeights } from "../../rollout/touch";
import { walk, type Observer, type StageResult, type WalkArgs } from "../../rehearsal/walk";
import { RULE, plan, shifted, step } from "./steps";

interface Call {
  what: "preview" | "up";
  stack: string;
  set: Readonly<Record<string, Json>> | undefined;
}

/** An engine that notes what it is asked for, answers with given plans, and moves its routers when it is told to. */
class FakeEngine implements Engine {
  public readonly calls: Call[] = [];
  public green = 0;
  public constructor(private readonly answer: (call: Call) => Plan = ({ stack }) => plan(stack, shifted())) {}

  public preview(stack: string, options?: RunOptions): Promise<Plan> {
    return this.run("preview", stack, options);
  }
  public up(stack: string, options?: RunOptions): Promise<Plan> {
    this.green = Number(options?.set?.["traffic.green"] ?? this.green);
    return this.run("up", stack, options);
  }
  public destroy(): Promise<Plan> {
    throw new Error("a walk destroys nothing");
  }
  public outputs(): Promise<Record<string, Json>> {
    throw new Error("a walk looks at the clouds, not at what was written");
  }
  private run(what: Call["what"], stack: string, options?: RunOptions): Promise<Plan> {
    const call = { what, stack, set: options?.set };
    this.calls.push(call);
    return Promise.resolve(call).then(this.answer);
  }
}

const shift = (share: number, patch: Stage["patch"] = { "traffic.green": share }): Stage => ({
  name: `shift-${share}`,
  kind: "shift",
  stack: "routers",
  patch,
  touches: [listenerWeights],
  share,
});
const smoke: Stage = { name: "smoke", kind: "smoke", stack: "routers", patch: {}, touches: [], share: 0 };
const honest = (engine: FakeEngine): Observer => ({
  weights: () => ({ "us-east-1": engine.green, "eu-west-1": engine.green }),
  unreachable: () => undefined,
});

function go(engine: FakeEngine, args: Partial<WalkArgs>) {
  return walk({
    stack: "routers",
    bringUp: [],
    stages: [],
    candidate: "green",
    engine,
    observer: honest(engine),
    ...args,
  });
}
const outcomes = (stages: readonly StageResult[]) => stages.map(({ name, outcome }) => `${name} ${outcome}`);

describe("a walk through a release", () => {
  it("brings up the stacks in order, then previews and ups each stage, and ends promoted", async () => {
    const engine = new FakeEngine();
    const result = await go(engine, { bringUp: ["platform", "routers"], stages: [shift(10), shift(100)] });
    assert.equal(result.stack, "routers");
    assert.equal(result.outcome, "promoted");
    assert.deepEqual(outcomes(result.stages), [
      "bring-up platform passed",
      "bring-up routers passed",
      "shift-10 passed",
      "shift-100 passed",
    ]);
    assert.deepEqual(
      engine.calls.map(({ what, stack }) => `${what} ${stack}`),
      ["up platform", "up routers", "preview routers", "up routers", "preview routers", "up routers"],
    );
    const [, , first] = result.stages;
    assert.deepEqual(first!.changed, [shifted().urn]);
    assert.deepEqual(first!.outside, []);
    assert.deepEqual(first!.patch, { "traffic.green": 10 });
    assert.deepEqual(first!.weights, { "us-east-1": 10, "eu-west-1": 10 });
    assert.ok(first!.seconds >= 0);
    assert.ok(!("reason" in first!));
  });

  it("previews and ups a stage with the patches of all stages before it, each stack its own", async () => {
    const engine = new FakeEngine();
    const other: Stage = {
      ...shift(10),
      name: "capacity",
      kind: "capacity",
      stack: "pods",
      patch: { "capacity.green": 10 },
    };
    await go(engine, {
      bringUp: ["pods", "routers"],
      stages: [
        other,
        shift(10),
        { ...other, patch: { "capacity.blue": "off" } },
        shift(50, { "traffic.regions.x": 5, "traffic.green": 50 }),
      ],
      set: { "routers.stickinessSeconds": 0 },
      observer: { weights: () => ({}), unreachable: () => undefined },
    });
    const held = { "routers.stickinessSeconds": 0 };
    assert.deepEqual(
      engine.calls.filter(({ what }) => what === "up").map(({ stack, set }) => [stack, set]),
      [
        ["pods", undefined],
        ["routers", held],
        ["pods", { "capacity.green": 10 }],
        ["routers", { ...held, "traffic.green": 10 }],
        ["pods", { "capacity.green": 10, "capacity.blue": "off" }],
        ["routers", { ...held, "traffic.green": 50, "traffic.regions.x": 5 }],
      ],
    );
    for (const [index, call] of engine.calls.entries()) {
      const next = engine.calls[index + 1];
      assert.ok(
        call.what === "up" || (next?.what === "up" && next.stack === call.stack && assertEqual(next.set, call.set)),
      );
    }
  });

  it("leaves out the up of a stage that finds everything there, outputs too", async () => {
    const looks = async (outputs: Plan["outputs"]) => {
      const engine = new FakeEngine(({ what, stack }) =>
        what === "up" ? plan(stack) : { ...plan(stack, step("same", RULE, "router-us-east-1-api-rule")), outputs },
      );
      const result = await go(engine, { bringUp: ["routers"], stages: [shift(0)] });
      assert.equal(result.outcome, "promoted");
      assert.deepEqual(result.stages.at(-1)!.changed, []);
      return engine.calls.map(({ what }) => what);
    };
    assert.deepEqual(await looks({}), ["up", "preview"]);
    assert.deepEqual(await looks({ active: "green" }), ["up", "preview", "up"]);
  });

  it("fails a stage that would change what it may not, names it, and changes nothing", async () => {
    const stray = step("update", RULE, "router-us-east-1-api-rule", ["priority"]);
    const engine = new FakeEngine(({ stack, set }) =>
      plan(stack, shifted("eu-west-1"), ...(set?.["traffic.green"] === 30 ? [stray] : [])),
    );
    const result = await go(engine, { stages: [shift(10), shift(30), shift(100)] });
    assert.equal(result.outcome, "failed");
    assert.deepEqual(outcomes(result.stages), ["shift-10 passed", "shift-30 failed"]);
    const last = result.stages.at(-1)!;
    assert.deepEqual(last.outside, [stray.urn]);
    assert.deepEqual(last.changed, []);
    assert.deepEqual(last.weights, { "us-east-1": 10, "eu-west-1": 10 });
    assert.match(
      last.reason!,
      /would change 1 resources that it may not, urn:pulumi:s::cutover::.*router-us-east-1-api-rule/,
    );
    assert.deepEqual(
      engine.calls.map(({ what, set }) => `${what} ${JSON.stringify(set?.["traffic.green"])}`),
      ["preview 10", "up 10", "preview 30"],
    );
  });

  it("stops at a stack that cannot be brought up, and says why in the engine's words", async () => {
    const engine = new FakeEngine(({ stack }) => {
      throw new EngineError(`${stack} is broken`);
    });
    const result = await go(engine, { bringUp: ["platform", "routers"], stages: [shift(10)] });
    assert.equal(result.outcome, "failed");
    assert.deepEqual(outcomes(result.stages), ["bring-up platform failed"]);
    assert.equal(result.stages[0]!.reason, "platform is broken");
  });

  it("stops when an up fails after its preview was good", async () => {
    const engine = new FakeEngine(({ what, stack }) => {
      if (what === "up") {
        throw new EngineError("the cloud said no");
      }
      return plan(stack, shifted());
    });
    const result = await go(engine, { stages: [shift(10), shift(100)] });
    assert.deepEqual(outcomes(result.stages), ["shift-10 failed"]);
    assert.equal(result.stages[0]!.reason, "the cloud said no");
  });

  it("fails a shift that the routers did not follow, in any one region", async () => {
    const engine = new FakeEngine();
    const observer: Observer = {
      weights: () => ({ "us-east-1": engine.green, "eu-west-1": 0 }),
      unreachable: () => undefined,
    };
    const result = await go(engine, { stages: [shift(10), shift(100)], observer });
    assert.deepEqual(outcomes(result.stages), ["shift-10 failed"]);
    assert.equal(result.stages[0]!.reason, "green gets 0 % of the requests in eu-west-1, and 10 % was set");
    assert.equal(result.outcome, "failed");
  });

  it("fails the smoke test when the candidate cannot be reached, and runs nothing for it", async () => {
    const engine = new FakeEngine();
    const asked: string[] = [];
    const observer: Observer = {
      weights: () => ({}),
      unreachable: (color) => {
        asked.push(color);
        return "/api meets no target group in eu-west-1";
      },
    };
    const result = await go(engine, { stages: [smoke, shift(10)], candidate: "blue", observer });
    assert.deepEqual(outcomes(result.stages), ["smoke failed"]);
    assert.match(result.stages[0]!.reason!, /no target group in eu-west-1/);
    assert.deepEqual(asked, ["blue"]);
    assert.deepEqual(engine.calls, []);
  });

  it("knows that green loses what a blue candidate gains", async () => {
    const engine = new FakeEngine();
    engine.green = 100;
    const shifts = stagesOf(
      {
        release: { version: "1", images: {} },
        databaseChange: false,
        steps: [{ share: 0.1 }, { share: 100 }],
        validate: "1m",
      },
      "green",
      { application: "pods", traffic: "routers" },
    ).filter(({ kind }) => kind === "shift");
    const result = await go(engine, { stages: shifts, candidate: "blue" });
    assert.equal(result.outcome, "promoted");
    assert.deepEqual(
      result.stages.map(({ weights }) => weights["us-east-1"]),
      [99.9, 0],
    );
  });

  it("tells of each stage when it begins and when it is done", async () => {
    const told: string[] = [];
    await go(new FakeEngine(), {
      bringUp: ["routers"],
      stages: [shift(10)],
      onStage: (name) => told.push(`begin ${name}`),
      onStageDone: ({ name, outcome }) => told.push(`${outcome} ${name}`),
    });
    assert.deepEqual(told, ["begin bring-up routers", "passed bring-up routers", "begin shift-10", "passed shift-10"]);
  });
});

function assertEqual(one: unknown, other: unknown): true {
  assert.deepEqual(one, other);
  return true;
}
