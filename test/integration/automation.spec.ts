import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { ConfigError, EngineError, type Json, type Step } from "../../rollout/engine";
import { AutomationEngine } from "../../rollout/engines/automation";
import { PulumiProject, pulumiVersion } from "./pulumiProject";

const version = pulumiVersion();
const suite = version === undefined ? describe.skip : describe;
const why = version === undefined ? " (skipped: there is no `pulumi` on the PATH)" : "";

suite(`the engine of Pulumi, through its Automation API${why}`, () => {
  let project: PulumiProject;
  let engine: AutomationEngine;

  before(async () => {
    project = new PulumiProject();
    engine = new AutomationEngine({ project: project.directory, patience: { cancel: 1_000, terminate: 1_000 } });
    await engine.up("dev");
  });

  after(() => project.remove());

  const green = (weight: number) => ({ "traffic.green": weight });
  const updates = (steps: readonly Step[]) => steps.filter(({ op }) => op === "update");
  const urn = (name: string) => `urn:pulumi:dev::cutover::pulumi-nodejs:dynamic:Resource::${name}`;
  const stopped = (error: unknown) =>
    error instanceof EngineError && /the run of stack dev was stopped/.test(error.message);

  it("lays values over a copy of the stack's file, and changes what follows from them", async () => {
    const file = readFileSync(project.stackFile, "utf8");
    const seen: string[] = [];
    const preview = await engine.preview("dev", { set: green(10) });
    assert.deepEqual(preview.summary, { same: 1, update: 2 });
    assert.equal(project.weight("one"), 0);
    const plan = await engine.up("dev", { set: green(10), onStep: ({ urn: of }) => seen.push(of) });
    assert.deepEqual(plan.summary, preview.summary);
    assert.deepEqual(updates(plan.steps)[0]!.detailedDiff, { weight: { kind: "update", before: 0, after: 10 } });
    assert.deepEqual(plan.outputs, { green: 10, quoted: "007", secret: "[secret]" });
    assert.deepEqual(seen.sort(), plan.steps.map(({ urn: of }) => of).sort());
    assert.deepEqual(await engine.outputs("dev"), plan.outputs);
    assert.equal(project.weight("one"), 10);
    assert.equal(readFileSync(project.stackFile, "utf8"), file);
  });

  it("limits a run to its targets", async () => {
    const up = await engine.up("dev", { set: green(20), targets: [urn("two")] });
    assert.deepEqual(
      updates(up.steps).map((step) => [step.urn, step.diff]),
      [[urn("two"), ["weight"]]],
    );
    assert.deepEqual([project.weight("one"), project.weight("two")], [10, 20]);
  });

  it("leaves what a pattern excludes as it is", async () => {
    const up = await engine.up("dev", { set: green(30), exclude: ["**::t*"] });
    assert.deepEqual(
      updates(up.steps).map((step) => step.urn),
      [urn("one")],
    );
    assert.deepEqual([project.weight("one"), project.weight("two")], [30, 20]);
  });

  it("makes no stack: one that is not there is refused", async () => {
    await assert.rejects(engine.up("other"), /no stack named 'other' found/);
    await assert.rejects(engine.up("other", { set: green(1) }), /unknown stack "other"; stacks: dev/);
    assert.doesNotMatch(project.cli("stack", "ls"), /other/);
  });

  it("says that config was refused, in the program's words", async () => {
    await assert.rejects(engine.preview("dev", { set: green(101) }), (error) => {
      assert.ok(error instanceof ConfigError);
      assert.equal(error.message, "the config of stack dev has 1 error: 101 % is too much");
      return true;
    });
  });

  it("reads what the clouds have, past what cannot be read, and mends it when asked to look first", async () => {
    await engine.up("dev", { set: green(25) });
    project.set("one", { weight: 77 });
    project.set("two", "unreachable");
    const [two, one] = await engine.read("dev", [urn("two"), urn("one")]);
    assert.match(two!.problem ?? "", /its region does not answer/);
    assert.deepEqual([one!.properties["weight"], one!.properties["secret"], one!.problem], [77, "[secret]", undefined]);
    const recorded = await engine.recorded("dev", ["pulumi-nodejs:dynamic:Resource"]);
    assert.deepEqual(
      recorded.map(({ properties }) => properties["weight"]),
      [25, 25],
    );
    project.set("two", { weight: 25 });
    assert.deepEqual(
      (await engine.up("dev", { set: green(25) })).summary,
      { same: 3 },
      "without a look it trusts the record",
    );
    const looked = await engine.up("dev", { set: green(25), refresh: true });
    assert.deepEqual(
      updates(looked.steps).map(({ urn: of }) => of),
      [urn("one")],
    );
    assert.equal(project.weight("one"), 25);
    await assert.rejects(engine.read("dev", [urn("three")]), /no resource of stack dev has this URN/);
  });

  it("ends a run when it is stopped, however slow a cloud is, and the next one knows what was left open", async () => {
    const release = project.slowDown();
    const stop = new AbortController();
    void project.waiting().then(() => stop.abort());
    await assert.rejects(engine.up("dev", { set: green(30), signal: stop.signal }), stopped);
    release();
    project.set("two", "unreachable");
    const { mended, left } = await engine.recover("dev");
    assert.deepEqual([mended.length, left.length], [1, 1]);
    assert.match(mended[0]!, /::one: a run was killed while updating it/);
    assert.match(left[0]!, /::two: .+its region does not answer.+pulumi refresh --stack dev --target/);
    project.set("two", { weight: 30 });
    assert.deepEqual(await engine.recover("dev"), { mended: [], left: [] });
    assert.deepEqual((await engine.up("dev", { set: green(25), refresh: true })).summary, { same: 1, update: 2 });
    assert.deepEqual([project.weight("one"), project.weight("two")], [25, 25]);
    await assert.rejects(engine.up("dev", { set: green(30), signal: AbortSignal.abort() }), stopped);
    assert.equal(project.weight("one"), 25, "a run that is stopped before it begins does nothing");
  });

  it("takes over the lock of a CLI that was killed, and asks the clouds what it had done", async () => {
    const { error, provider } = await killed(green(40));
    assert.match(String(error), /EngineError: the Pulumi CLI was ended by SIGKILL/);
    process.kill(provider, "SIGKILL");
    const warnings: string[] = [];
    const next = new AutomationEngine({ project: project.directory, onWarning: (text) => warnings.push(text) });
    assert.equal((await next.recover("dev")).mended.length, 2);
    assert.match(warnings.join("\n"), /the lock of process \d+, which is gone, was taken away/);
    assert.deepEqual((await next.up("dev", { set: green(25) })).summary, { same: 1, update: 2 });
    assert.deepEqual([project.weight("one"), project.weight("two")], [25, 25]);
  });

  it("waits for a run that is alive, and says who it is when that takes too long", async () => {
    const release = project.slowDown();
    const first = engine.up("dev", { set: green(50) });
    await project.waiting();
    const impatient = new AutomationEngine({ project: project.directory, lockPatience: 0 });
    await assert.rejects(
      impatient.up("dev"),
      /stack dev is being changed by process \d+ of .+: wait for it, or end it/,
    );
    const second = engine.up("dev", { set: green(60) });
    release();
    await first;
    await second;
    assert.equal(project.weight("one"), 60);
  });

  it("names what was being created when a run was killed, and what to do", async () => {
    const set = { ...green(60), routers: ["one", "two", "three"] };
    const { provider } = await killed(set);
    process.kill(provider, "SIGKILL");
    const { mended, left } = await engine.recover("dev");
    assert.deepEqual([mended, left.length], [[], 1]);
    const name = `${urn("three")}: a run was killed while creating it`;
    assert.ok(left[0]!.startsWith(name) && /--import-pending-creates.+--clear-pending-creates/.test(left[0]!), left[0]);
    assert.deepEqual(
      (await engine.up("dev", { set })).summary,
      { same: 3, create: 1 },
      "an `up` is possible all the same",
    );
  });

  /** An `up` whose CLI is killed while its cloud takes its time. */
  async function killed(set: Record<string, Json>): Promise<{ error: unknown; provider: number }> {
    const release = project.slowDown();
    const run = engine.up("dev", { set }).catch((error: unknown) => error);
    const provider = await project.waiting();
    process.kill(project.lockHolder(), "SIGKILL");
    const error = await run;
    release();
    return { error, provider };
  }
});

describe("Pulumi's engine without its CLI", () => {
  const path = process.env["PATH"];

  afterEach(() => (process.env["PATH"] = path));

  it("says how to get it", async () => {
    process.env["PATH"] = "/nowhere";
    const engine = new AutomationEngine({ project: __dirname });
    await assert.rejects(
      engine.preview("dev"),
      /there is no Pulumi CLI on the PATH\. Install it: npm install --global pulumi/,
    );
  });
});
