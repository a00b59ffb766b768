import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { ConfigError, EngineError, type Step } from "../../rollout/engine";
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

  afterEach(() => engine.up("dev", { refresh: true }));

  const green = (weight: number) => ({ "traffic.green": weight });
  const updates = (steps: readonly Step[]) => steps.filter(({ op }) => op === "update");
  const urn = (name: string) => `urn:pulumi:dev::cutover::pulumi-nodejs:dynamic:Resource::${name}`;
  const stopped = (error: unknown) =>
    error instanceof EngineError && /the run of stack dev was stopped/.test(error.message);
  const leftovers = () => readdirSync(tmpdir()).filter((name) => /^cutover-(config|pulumi)-/.test(name));

  it("lays values over a copy of the stack's file, and changes what follows from them", async () => {
    const file = readFileSync(project.stackFile, "utf8");
    const before = leftovers();
    const seen: string[] = [];
    const plan = await engine.up("dev", { set: green(10), onStep: ({ urn: of }) => seen.push(of) });
    assert.deepEqual(plan.summary, { same: 1, update: 2 });
    assert.deepEqual(updates(plan.steps)[0]!.detailedDiff, { weight: { kind: "update", before: 0, after: 10 } });
    assert.deepEqual(plan.outputs, { green: 10, quoted: "007", secret: "[secret]" });
    assert.deepEqual(seen.sort(), plan.steps.map(({ urn: of }) => of).sort());
    assert.deepEqual(await engine.outputs("dev"), plan.outputs);
    assert.equal(project.weight("one"), 10);
    assert.equal(readFileSync(project.stackFile, "utf8"), file);
    assert.deepEqual(leftovers(), before);
  });

  it("shows in a preview what an `up` does, and changes nothing", async () => {
    const preview = await engine.preview("dev", { set: green(20), targets: [urn("two")] });
    assert.deepEqual(
      updates(preview.steps).map((step) => [step.urn, step.diff]),
      [[urn("two"), ["weight"]]],
    );
    assert.equal(project.weight("two"), 0);
    const up = await engine.up("dev", { set: green(20), targets: [urn("two")] });
    assert.deepEqual(up.summary, preview.summary);
    assert.deepEqual([project.weight("one"), project.weight("two")], [0, 20]);
  });

  it("makes no stack: one that is not there is refused", async () => {
    await assert.rejects(engine.up("other"), /no stack named 'other' found/);
    await assert.rejects(engine.up("other", { set: green(1) }), /unknown stack "other"; stacks: dev/);
    assert.deepEqual(
      JSON.parse(project.cli("stack", "ls", "--json")).map(({ name }: { name: string }) => name),
      ["dev"],
    );
  });

  it("says that config was refused, in the program's words", async () => {
    await assert.rejects(engine.preview("dev", { set: green(101) }), (error) => {
      assert.ok(error instanceof ConfigError);
      assert.equal(error.message, "the config of stack dev has 1 error: 101 % is too much");
      return true;
    });
  });

  it("reads what the clouds have, and mends it when asked to look first", async () => {
    project.set("one", { weight: 77 });
    const read = await engine.read("dev", [urn("two"), urn("one")]);
    assert.deepEqual(
      read.map(({ properties, problem }) => [properties["weight"], properties["secret"], problem]),
      [
        [0, "[secret]", undefined],
        [77, "[secret]", undefined],
      ],
    );
    const [recorded] = await engine.recorded("dev", ["pulumi-nodejs:dynamic:Resource"]);
    assert.equal(recorded!.properties["weight"], 0);
    assert.deepEqual((await engine.up("dev")).summary, { same: 3 }, "without a look it trusts the record");
    const [change] = updates((await engine.up("dev", { refresh: true })).steps);
    assert.deepEqual(change!.detailedDiff, { weight: { kind: "update", before: 77, after: 0 } });
    assert.equal(project.weight("one"), 0);
  });

  it("reads past what cannot be read", async () => {
    project.set("one", "unreachable");
    const [one, two] = await engine.read("dev", [urn("one"), urn("two")]);
    assert.match(one!.problem ?? "", /its region does not answer/);
    assert.deepEqual([two!.properties["weight"], two!.problem], [0, undefined]);
    project.set("one", { weight: 0 });
    await assert.rejects(engine.read("dev", [urn("three")]), /no resource of stack dev has this URN/);
  });

  it("ends a run when it is stopped, however slow a cloud is, and the next one knows what was left open", async () => {
    const release = project.holdUpdates();
    const stop = new AbortController();
    void project.waiting().then(() => stop.abort());
    await assert.rejects(engine.up("dev", { set: green(30), signal: stop.signal }), stopped);
    release();
    const { mended, left } = await engine.recover("dev");
    assert.deepEqual([mended.length, left], [2, []]);
    assert.match(mended[0]!, /a run was killed while updating it/);
    assert.deepEqual(await engine.recover("dev"), { mended: [], left: [] });
    await engine.up("dev");
    assert.deepEqual([project.weight("one"), project.weight("two")], [0, 0]);
  });

  it("does nothing when it is stopped before it begins", async () => {
    await assert.rejects(engine.up("dev", { set: green(30), signal: AbortSignal.abort() }), stopped);
    assert.deepEqual([project.weight("one"), project.weight("two")], [0, 0]);
  });

  it("takes over the lock of a CLI that was killed, and asks the clouds what it had done", async () => {
    const release = project.holdUpdates();
    const killed = engine.up("dev", { set: green(40) }).catch((error: unknown) => error);
    const provider = await project.waiting();
    process.kill(project.lockHolder(), "SIGKILL");
    const error = await killed;
    assert.ok(error instanceof EngineError && /the Pulumi CLI was ended by SIGKILL/.test(error.message), String(error));
    process.kill(provider, "SIGKILL");
    release();
    const warnings: string[] = [];
    const next = new AutomationEngine({ project: project.directory, onWarning: (text) => warnings.push(text) });
    assert.equal((await next.recover("dev")).mended.length, 2);
    assert.match(warnings.join("\n"), /the lock of process \d+, which is gone, was taken away/);
    assert.deepEqual((await next.up("dev")).summary, { same: 1, update: 2 });
    assert.deepEqual([project.weight("one"), project.weight("two")], [0, 0]);
  });

  it("waits for a run that is alive, and says who it is when that takes too long", async () => {
    const release = project.holdUpdates();
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
    const set = { routers: ["one", "two", "three"] };
    const deployment = JSON.parse(project.cli("stack", "export")) as {
      deployment: { resources: { urn: string; id?: string }[]; pending_operations?: unknown[] };
    };
    const [resource] = deployment.deployment.resources.filter(({ urn: of }) => of === urn("one"));
    const creating = { ...resource, urn: urn("three"), id: undefined };
    deployment.deployment.pending_operations = [{ resource: creating, type: "creating" }];
    project.cliWith(JSON.stringify(deployment), "stack", "import");
    const { mended, left } = await engine.recover("dev");
    assert.deepEqual(mended, []);
    assert.match(left.join(), new RegExp(`${urn("three")}.+--import-pending-creates.+--clear-pending-creates`));
    assert.equal((await engine.up("dev", { set })).summary.create, 1, "an `up` is possible all the same");
    project.cli("refresh", "--stack", "dev", "--yes", "--skip-preview", "--clear-pending-creates");
    assert.deepEqual(await engine.recover("dev"), { mended: [], left: [] });
  });
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
