import assert from "node:assert/strict";
import { clouds } from "../../../rehearsal/clouds";
import { VirtualClock } from "../../../rehearsal/clock";
import { faultyClouds, faultyEngine, Faults, parseFault } from "../../../rehearsal/faults";
import { lookAt } from "../../../rehearsal/load";
import type { RecordBody } from "../../../rollout/core/records";
import { EngineError, type Engine, type Found, type Json } from "../../../rollout/engine";
import { plan as planOfSteps, shifted, step } from "../../rollout/steps";
import { planned } from "../../rollout/support/plans";
import { CLUSTER, REGION } from "../clouds/ask";
import { Region } from "../world/region";

const RULE = "aws:lb/listenerRule:ListenerRule";
const rolledBack: RecordBody = { type: "decided", decision: { kind: "rollback", reason: "for the test" } };
const begun = (stage: string): RecordBody => ({ type: "stage-begun", stage, attempt: 1 });

/** A region with a router, and what faults of a rollout over two regions do to it. */
function struck(text: string) {
  const region = new Region();
  const router = region.route("web", ["/*"], { blue: 100, green: 0 });
  region.pods("blue", "web", { replicas: 2 });
  region.pods("green", "web", { replicas: 2 });
  const { world } = region.asker;
  const clock = new VirtualClock();
  const faults = new Faults([parseFault(text)], clock);
  let looks = 0;
  faults.attach({
    plan: planned({}, {}, { regions: { "us-east-1": 70, [REGION]: 30 } }),
    changeWorld: (change) => change(world),
    look: () => (looks += 1),
  });
  const [aws, kubernetes] = ["aws", "kubernetes"].map((name) =>
    faultyClouds(clouds, faults).find((cloud) => cloud.package === name)!,
  );
  /** Writes weights as an `up` does. */
  const write = (green: number, where = REGION) => {
    const thing = world.get(RULE, router)!;
    const targetGroups = [
      { arn: region.group("blue", "web"), weight: 100 - green },
      { arn: region.group("green", "web"), weight: green },
    ];
    const { listenerArn, priority, conditions } = thing.properties;
    const inputs: Record<string, Json> = {
      listenerArn: listenerArn!,
      priority: priority!,
      conditions: conditions!,
      actions: [{ type: "forward", forward: { targetGroups } }],
    };
    const request = { stack: "test", urn: thing.urn!, type: RULE, name: "web", provider: { region: where }, inputs };
    aws!.update({ ...request, id: router, oldInputs: thing.properties, oldOutputs: thing.properties }, world);
  };
  const green = () => lookAt(world)[REGION]!.web!.share.green * 100;
  return { region, world, clock, faults, aws: aws!, kubernetes: kubernetes!, write, green, looks: () => looks };
}

describe("a fault of the clouds", () => {
  it("refuses changes in its region until the rollout goes back: up-failed", () => {
    const { faults, write, green } = struck("up-failed");
    write(5);
    faults.follow(begun("shift-10"));
    assert.throws(() => write(10), /ServiceUnavailable/);
    assert.equal(green(), 5);
    write(10, "us-east-1");
    faults.follow(rolledBack);
    write(0);
    assert.equal(green(), 0);
  });

  it("refuses each change twice while the rollout goes back: rollback-failed", () => {
    const { faults, write, green } = struck(`rollback-failed:${REGION}`);
    faults.follow(begun("shift-10"));
    write(10);
    faults.follow(rolledBack);
    assert.throws(() => write(0), /ThrottlingException/);
    assert.throws(() => write(0), /ThrottlingException/);
    assert.equal(green(), 10);
    write(0);
    assert.equal(green(), 0);
  });

  it("takes a write and does not do it, once for each rule: write-ignored", () => {
    const { faults, write, green } = struck("write-ignored");
    faults.follow(begun("shift-10"));
    write(10);
    assert.equal(green(), 0);
    write(10);
    assert.equal(green(), 10);
  });

  it("moves weights behind the engine's back once the stage is watched: weights-moved", () => {
    const { faults, green, looks } = struck("weights-moved");
    faults.follow(begun("shift-10"));
    faults.follow({ type: "effect-done", effect: { kind: "up", stage: "shift-10", stack: "s" }, changed: [] });
    assert.deepEqual([green(), looks()], [0, 0]);
    faults.follow({ type: "sampled", sample: { at: 0, readings: [] } });
    assert.deepEqual([green(), looks()], [77, 1]);
  });

  it("takes the targets of the active color away for half an hour: active-unhealthy", async () => {
    const { faults, world, clock, looks } = struck("active-unhealthy");
    faults.follow(begun("shift-10"));
    const ready = () => lookAt(world)[REGION]!.web!.ready;
    assert.deepEqual(ready(), { blue: 0, green: 2 });
    await clock.sleep(29 * 60_000);
    assert.deepEqual(ready(), { blue: 0, green: 2 });
    await clock.sleep(2 * 60_000);
    assert.deepEqual([ready(), looks()], [{ blue: 2, green: 2 }, 2]);
  });

  it("takes a whole region away for twenty minutes: region-down", async () => {
    const { faults, world, clock, write } = struck("region-down");
    faults.follow(begun("shift-10"));
    assert.deepEqual(lookAt(world)[REGION]!.web!.ready, { blue: 0, green: 0 });
    assert.throws(() => write(10), /i\/o timeout/);
    const reading = { metric: "m", color: "green", scope: REGION, value: 1 } as const;
    assert.deepEqual(faults.reading(reading), { metric: "m", color: "green", scope: REGION, silence: "empty" });
    assert.deepEqual(faults.reading({ ...reading, scope: "us-east-1" }), { ...reading, scope: "us-east-1" });
    const found = (region: string): Found => ({
      urn: region,
      type: RULE,
      id: `arn:aws:x:${region}:1:y`,
      properties: {},
    });
    const engine = { read: async () => [found(REGION), found("us-east-1")] } as unknown as Engine;
    const read = async () =>
      (await faultyEngine(engine, faults, clock, () => undefined).read("s", [])).map(({ problem }) => problem);
    assert.deepEqual(await read(), ["its region does not answer: i/o timeout", undefined]);
    await clock.sleep(21 * 60_000);
    assert.deepEqual(lookAt(world)[REGION]!.web!.ready, { blue: 2, green: 2 });
    assert.deepEqual(await read(), [undefined, undefined]);
    write(10);
  });

  it("fails the jobs of its stage: migration-failed", () => {
    const { faults, kubernetes, world } = struck("migration-failed@deploy");
    const type = "kubernetes:batch/v1:Job";
    const request = { stack: "test", urn: "urn:job", seed: "urn:job", type, name: "migrate", inputs: {} };
    faults.follow(begun("deploy"));
    assert.throws(
      () => kubernetes.create({ ...request, provider: { clusterIdentifier: CLUSTER } }, world),
      /BackoffLimitExceeded/,
    );
  });
});

describe("an engine in virtual time", () => {
  const setUp = (up: Engine["up"]) => {
    const clock = new VirtualClock();
    const start = clock.now();
    const looks: number[] = [];
    const faults = new Faults([], clock);
    const engine = faultyEngine({ up } as unknown as Engine, faults, clock, () =>
      looks.push((clock.now() - start) / 1_000),
    );
    return { clock, engine, looks, seconds: () => (clock.now() - start) / 1_000 };
  };
  const pods = step("update", "kubernetes:apps/v1:Deployment", "api");

  it("takes as long as the longest of what is changed, and then shows the world", async () => {
    const router = setUp(async () => planOfSteps("s", shifted()));
    await router.engine.up("s");
    assert.deepEqual([router.seconds(), router.looks], [14, [14]]);
    const both = setUp(async () => planOfSteps("s", shifted(), pods, pods));
    await both.engine.up("s");
    assert.equal(both.seconds(), 102);
  });

  it("takes its time and shows the world when it fails, too", async () => {
    const { engine, seconds, looks } = setUp(() => Promise.reject(new EngineError("refused")));
    await assert.rejects(engine.up("s"), /refused/);
    assert.deepEqual([seconds(), looks], [12, [12]]);
  });

  it("ends when it is told to, and says so", async () => {
    const { clock, engine, seconds, looks } = setUp(async () => planOfSteps("s", pods));
    const abort = new AbortController();
    const running = engine.up("s", { signal: abort.signal });
    void clock.sleep(30_000).then(() => abort.abort());
    await assert.rejects(
      running,
      (error: Error) => error instanceof EngineError && /ended before it was done/.test(error.message),
    );
    assert.deepEqual([seconds(), looks], [30, [30]]);
  });
});
