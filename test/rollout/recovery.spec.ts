import assert from "node:assert/strict";
import type { PlanFacts } from "../../rollout/plan";
import type { RolloutPlan } from "../../rollout/core/plan";
import { EngineError } from "../../rollout/engine";
import { recordOf } from "../../rollout/requests";
import { outside, type TouchName } from "../../rollout/touch";
import { FakeWorld } from "./support/fakeWorld";
import { METRICS, planned } from "./support/plans";
import { step } from "./steps";

const REGION = { zones: [], cidr: "10.0.0.0/16" };
const PLATFORM: NonNullable<PlanFacts["platform"]> = {
  stack: "the-platform",
  closed: [],
  regions: {
    "us-east-1": { ...REGION, jurisdiction: "US", role: "primary", share: 40, database: "primary" },
    "us-west-2": { ...REGION, jurisdiction: "US", role: "secondary", share: 30, database: "replica" },
    "eu-west-1": { ...REGION, jurisdiction: "EU", role: "regional", share: 30, database: "primary" },
    "eu-central-1": { ...REGION, jurisdiction: "EU", role: "recovery", share: 0, database: "replica" },
  },
  database: {
    replicas: {
      US: { recovery: { region: "us-west-2", multiAz: true, promote: false } },
      EU: { recovery: { region: "eu-central-1", multiAz: true, promote: false } },
    },
  },
};
const FACTS: Partial<PlanFacts> = {
  platform: PLATFORM,
  regions: { "us-east-1": 40, "us-west-2": 30, "eu-west-1": 30, "eu-central-1": 0 },
};

/** A plan that recovers a region, of three stacks unless others are given. */
function recovering(recover: object = { region: "eu-west-1" }, facts: Partial<PlanFacts> = {}): RolloutPlan {
  return planned(
    {
      strategy: "recovery",
      recover: recover as never,
      before: { gates: [{ require: "replica-lag <= 900", action: "hold" }], approvals: ["commander"] },
      steps: [],
      triggers: [],
      validate: { soak: "1m", gates: ["error-rate < 1"], hooks: ["smoke-tests"] },
    },
    {
      approvers: { commander: ["grace@example.org"] },
      hooks: { "smoke-tests": { command: ["true"] } },
      metrics: { ...METRICS, "replica-lag": { source: "prometheus", query: "lag", total: "none" } },
    },
    { ...FACTS, ...facts },
  );
}

/** Runs it, with a commander who says yes. */
async function run(world: FakeWorld, seconds = 3600) {
  const controller = await world.start();
  const { digest } = controller.state;
  await controller.ask({ kind: "approve", role: "commander", person: "grace@example.org", stage: "go-no-go", digest });
  await world.run(controller, seconds);
  return controller;
}

describe("the stages of a recovery", () => {
  it("do what can be taken back before anybody is asked, and what is final after", () => {
    const { stages } = recovering();
    assert.deepEqual(
      stages.map(({ name, stack, patch, touches }) => [name, stack, patch, touches]),
      [
        ["check", "the-routers", {}, []],
        ["recover-capacity", "the-application", { "capacity.recovery": ["eu-central-1"] }, ["pods:blue", "pods:green"]],
        ["recover-route", "the-platform", { "edge.closed": ["eu-west-1"] }, ["edge"]],
        ["go-no-go", "the-routers", {}, []],
        [
          "recover-promote",
          "the-platform",
          { "database.replicas.EU.recovery.promote": true },
          ["database:eu-central-1"],
        ],
        ["recover-connect", "the-application", {}, ["database-users:eu-central-1"]],
        ["validate", "the-routers", {}, []],
      ],
    );
    assert.deepEqual(
      stages.filter(({ final }) => final).map(({ name }) => name),
      ["recover-promote"],
    );
  });

  it("judge the region that takes over with all requests, and keep closed what is closed", () => {
    const { stages, regions } = recovering(
      { region: "us-east-1", to: "us-west-2" },
      { platform: { ...PLATFORM, closed: ["eu-west-1"] } },
    );
    assert.deepEqual(stages.find(({ name }) => name === "recover-route")?.patch, {
      "edge.closed": ["eu-west-1", "us-east-1"],
    });
    assert.deepEqual(regions, { "us-west-2": 70 });
  });

  it("connect in the run that promotes where one stack has all layers", () => {
    const { stages } = recovering(undefined, {
      stacks: { application: "all", traffic: "all" },
      platform: { ...PLATFORM, stack: "all" },
    });
    assert.ok(!stages.some(({ name }) => name === "recover-connect"));
    assert.deepEqual(stages.find(({ final }) => final)?.touches, [
      "database:eu-central-1",
      "database-users:eu-central-1",
    ]);
  });

  it("are refused where there is nothing to recover with, with the reason", () => {
    assert.throws(() => recovering({ region: "us-east-1" }), /recover\.to: a region of US, .*: us-west-2/);
    assert.throws(() => recovering(undefined, { platform: undefined }), /no platform whose regions recover/);
    const promoted = structuredClone(PLATFORM);
    promoted.database.replicas.EU!.recovery!.promote = true;
    assert.throws(() => recovering(undefined, { platform: promoted }), /recovery is the database of EU already/);
  });
});

describe("a recovery", () => {
  it("ends promoted, asks the lost region for nothing, and shifts nobody", async () => {
    const world = new FakeWorld(recovering());
    const { state } = await run(world);
    assert.equal(state.outcome?.outcome, "promoted", state.hold?.reason);
    assert.match(state.outcome.reason, /eu-central-1 serves EU in place of eu-west-1, with the database recovery/);
    assert.deepEqual(
      world.ups.map(({ stack }) => stack),
      // What this world has reads no database: there is nothing to connect.
      ["the-application", "the-platform", "the-platform"],
    );
    assert.ok(
      world.ups.every(({ exclude }) => exclude?.join() === "**::*eu-west-1*"),
      JSON.stringify(world.ups),
    );
    assert.deepEqual(world.hooked, ["smoke-tests"]);
    // Git is told what to hold from now on.
    assert.deepEqual(world.messages.at(-1)?.lines.slice(1), [
      'commit to Pulumi.the-application.yaml: cutover:capacity.recovery ["eu-central-1"]',
      'commit to Pulumi.the-platform.yaml: cutover:edge.closed ["eu-west-1"]',
      "commit to Pulumi.the-platform.yaml: cutover:database.replicas.EU.recovery.promote true",
    ]);
    assert.ok(Object.values(world.shares).every((share) => share === 100));
  });

  it("goes on at 900 s behind, and holds at 901 before it has changed anything", async () => {
    const behind = async (seconds: number) => {
      const world = new FakeWorld(recovering());
      world.metric = (metric) => (metric === "replica-lag" ? seconds : 0.1);
      return { world, controller: await run(world) };
    };
    assert.equal((await behind(900)).controller.state.outcome?.outcome, "promoted");
    const { world, controller } = await behind(901);
    assert.match(controller.state.hold!.reason, /gate replica-lag <= 900 failed in eu-central-1: 901/);
    assert.deepEqual(world.ups, []);
  });

  it("waits for a decision with the region closed, and opens it again when people abort", async () => {
    const world = new FakeWorld(recovering());
    const controller = await world.start();
    await world.run(controller, 600);
    assert.equal(controller.state.plan.stages[controller.state.index]?.name, "go-no-go");
    await controller.ask({ kind: "abort", by: "grace", reason: "the region is back" });
    await world.run(controller, 600);
    assert.equal(controller.state.outcome?.outcome, "rolled-back");
    assert.deepEqual(world.config.get("the-platform"), { "edge.closed": [] });
    assert.deepEqual(world.config.get("the-application"), { "capacity.recovery": "warm" });
  });

  it("takes nothing back once the promotion has begun: what fails holds", async () => {
    const failing: ((world: FakeWorld) => void)[] = [
      (world) => (world.hook = () => "the smoke tests failed"),
      (world) => (world.metric = (metric) => (metric === "error-rate" ? 5 : 0.1)),
      (world) =>
        (world.beforeUp = (_, { set = {} }) => {
          if ("database.replicas.EU.recovery.promote" in set) {
            throw new EngineError("RDS does not answer");
          }
        }),
    ];
    for (const fail of failing) {
      const world = new FakeWorld(recovering());
      fail(world);
      const { state } = await run(world);
      assert.equal(state.outcome, undefined);
      assert.notEqual(state.hold, undefined);
      assert.equal(state.hold?.decideBy, undefined, "nothing happens by itself");
      const abort = { kind: "abort", by: "grace", reason: "why not" } as const;
      assert.throws(() => recordOf(state, abort, world.time), /the promotion of recovery has begun, and is final/);
      assert.deepEqual(world.config.get("the-platform")?.["edge.closed"], ["eu-west-1"]);
    }
  });
});

describe("what a recovery may touch", () => {
  const covers = (
    touch: TouchName,
    type: string,
    name: string,
    op: "update" | "create" | "delete" | "replace" = "update",
  ) => outside([step(op, type, name, ["x"])], [touch]).length === 0;

  it("is one resource of the edge", () => {
    assert.ok(covers("edge", "cloudflare:index/loadBalancer:LoadBalancer", "balancer-load-balancer"));
    assert.ok(!covers("edge", "cloudflare:index/loadBalancer:LoadBalancer", "balancer-load-balancer", "replace"));
    assert.ok(!covers("edge", "cloudflare:index/loadBalancerPool:LoadBalancerPool", "balancer-pool-eu-west-1"));
    assert.ok(!covers("edge", "cloudflare:index/ruleset:Ruleset", "rules"));
  });

  it("is the database of the region that takes over, and never that it goes or is made anew", () => {
    const instance = "cutover:aws:DatabaseReplica$aws:rds/instance:Instance";
    const name = "database-eu-central-1-recovery-replica-instance";
    assert.ok(covers("database:eu-central-1", instance, name));
    assert.ok(!covers("database:eu-central-1", instance, name, "delete"));
    assert.ok(!covers("database:eu-central-1", instance, name, "replace"));
    assert.ok(!covers("database:eu-west-1", instance, name));
    assert.ok(!covers("database:eu-central-1", "cutover:aws:Database$aws:rds/instance:Instance", name));
  });

  it("is what pods of that region are told", () => {
    const map = "cutover:kubernetes:Color$kubernetes:core/v1:ConfigMap";
    assert.ok(covers("database-users:eu-central-1", map, "color-eu-central-1-blue-api-settings", "replace"));
    assert.ok(!covers("database-users:eu-central-1", map, "color-eu-west-1-blue-api-settings", "replace"));
    assert.ok(!covers("database-users:eu-central-1", map, "color-eu-central-1-blue-api-settings", "delete"));
  });
});
