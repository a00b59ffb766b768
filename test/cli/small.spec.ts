import assert from "node:assert/strict";
import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Plan } from "../../rollout/engine";
import type { RehearsalResult } from "../../rehearsal/rehearse";
import { cutover } from "./command";
import { smallProject } from "./smallProject";

describe("a small deployment, all layers in one stack", function () {
  this.timeout(300_000);
  let project: string;
  before(() => {
    project = smallProject();
  });
  after(() => rmSync(project, { recursive: true }));

  it("is previewed from nothing, and says what is not known yet", async () => {
    const { code, stdout, stderr } = await cutover(["preview", "--stack", "small", "--json"], { cwd: project });
    assert.equal(code, 0, stderr);
    const plan = JSON.parse(stdout) as Plan;
    assert.deepEqual(plan.summary, { create: plan.steps.length });
    assert.deepEqual(Object.keys(plan.outputs).sort(), ["application", "platform", "traffic"]);
    const database = plan.steps.find(
      ({ type, inputs }) => type === "aws:rds/instance:Instance" && "password" in inputs,
    )!;
    assert.equal(database.inputs["password"], "[unknown]", "it is not made yet");
    assert.equal(database.inputs["username"], "pathfinity_admin");
    const inputs = JSON.stringify(plan.steps.map((step) => step.inputs));
    // What Pulumi's wire format says for a secret and for an unknown value.
    assert.ok(!/1b47061264138c4ac30d75fd1eb44270|04da6b54-80e4-46f7-96ec-b56ff0331ba9/.test(inputs));
    assert.deepEqual(
      [...new Set(plan.steps.map(({ diff }) => diff.length))],
      [0],
      "nothing was there, so nothing differs",
    );
  });

  it("is not previewed for a target that it does not have", async () => {
    const { code, stderr } = await cutover(["preview", "--stack", "small", "--target", "foo"], { cwd: project });
    assert.match(stderr, /Target 'foo' could not be found in the stack\.\n`cutover preview --json` lists the URNs/);
    assert.equal(code, 2);
  });

  it("is named on a terminal while it is brought up for a check", async () => {
    const terminal = join(project, "terminal.cjs");
    writeFileSync(terminal, "process.stderr.isTTY = true;");
    const { stdout, stderr } = await cutover(["check", "--stack", "small"], {
      cwd: project,
      env: { NODE_OPTIONS: `--require ${terminal}` },
    });
    assert.match(stderr, /Bringing up small …/);
    assert.match(stdout, /^waived /m);
    assert.deepEqual(
      stdout.split("\n").filter((line) => line.length > 80),
      [],
    );
  });

  it("is rehearsed from nothing to 100 % green, each stage touching only what it may", async () => {
    const args = [
      "--set",
      "rollout.databaseChange=false",
      "--set",
      "rollout.plans.blue-green.steps=[{share: 100}]",
      "--json",
    ];
    const { code, stdout, stderr } = await cutover(["rehearse", "--stack", "small", ...args], { cwd: project });
    assert.equal(code, 0, stderr);
    assert.equal(stderr, "");
    const result = JSON.parse(stdout) as RehearsalResult;
    assert.deepEqual(Object.keys(result).sort(), [
      "affected",
      "outcome",
      "plan",
      "policies",
      "reason",
      "seed",
      "stack",
      "stages",
      "unbegun",
      "virtualSeconds",
    ]);
    assert.equal(result.stack, "small");
    assert.equal(result.outcome, "promoted");
    const names = [
      "bring-up small",
      "check",
      "go-no-go",
      "deploy",
      "smoke",
      "capacity-100",
      "shift-100",
      "validate",
      "activate",
      "watch",
      "retire",
    ];
    assert.deepEqual(
      result.stages.map(({ name }) => name),
      names,
    );
    const fields = ["attempt", "changed", "evidence", "name", "outcome", "outside", "patch", "seconds", "stack"];
    fields.push("virtualSeconds", "weights");
    for (const stage of result.stages) {
      assert.deepEqual(Object.keys(stage).sort(), fields);
      assert.equal(stage.stack, "small");
      assert.equal(stage.outcome, "passed");
      assert.deepEqual(stage.outside, []);
      assert.equal(typeof stage.seconds, "number");
      assert.ok(stage.changed.every((urn) => urn.startsWith("urn:pulumi:small::cutover::")));
      const green = names.indexOf(stage.name) < names.indexOf("shift-100") ? 0 : 100;
      assert.deepEqual(stage.weights, { "us-east-1": green, "us-west-2": green }, stage.name);
    }
    const shift = result.stages.find(({ name }) => name === "shift-100")!;
    assert.deepEqual(shift.patch, { "traffic.green": 100, "traffic.regions": {} });
    assert.equal(shift.changed.length, 6);
    assert.ok(shift.changed.every((urn) => urn.includes("$aws:lb/listenerRule:ListenerRule::")));
  });

  describe("that is released color by color's own pods, rolling", () => {
    const plan = {
      strategy: "rolling",
      validate: { soak: "5m", gates: ["error-rate < 1"] },
      rollbackWindow: "10m",
      triggers: ["errors"],
    };
    const rehearse = async (...args: string[]) => {
      const set = ["--plan", "rolling", "--set", `rollout.plans.rolling=${JSON.stringify(plan)}`, "--json"];
      const { stdout, stderr } = await cutover(["rehearse", "--stack", "small", ...set, ...args], { cwd: project });
      assert.equal(stderr, "");
      return JSON.parse(stdout) as RehearsalResult;
    };
    const all = ({ stages }: RehearsalResult) => stages.map(({ name, outcome }) => `${name} ${outcome}`);

    it("is promoted where it runs: no weight changes", async () => {
      const result = await rehearse();
      assert.equal(result.outcome, "promoted", result.reason);
      assert.deepEqual(all(result), ["bring-up small passed", "deploy passed", "validate passed", "watch passed"]);
      const deploy = result.stages[1]!;
      assert.deepEqual(Object.keys(deploy.patch), ["releases.blue"]);
      assert.ok(deploy.changed.length > 0 && deploy.changed.every((urn) => urn.includes("-blue-")));
      assert.ok(result.stages.every(({ weights }) => Object.values(weights).every((green) => green === 0)));
    });

    it("goes back to the release that it came from when that fails, though the controller is killed", async () => {
      const result = await rehearse("--fault", "candidate-errors", "--fault", "controller-killed");
      assert.equal(result.outcome, "rolled-back");
      assert.match(result.reason, /error-rate/);
      const [back, deploy] = [result.stages.at(-1)!, result.stages[1]!];
      assert.equal(back.name, "rollback");
      assert.deepEqual(Object.keys(back.patch), ["releases.blue"]);
      assert.notDeepEqual(back.patch, deploy.patch);
      assert.ok(back.changed.length > 0 && back.changed.every((urn) => urn.includes("-blue-")));
    });
  });

  it("ends with 1 when the rehearsal fails, and the JSON says at which stage and why", async () => {
    const args = ["--set", "workloads.api.access.secrets=[nobodys]", "--json"];
    const { code, stdout } = await cutover(["rehearse", "--stack", "small", ...args], { cwd: project });
    assert.equal(code, 1);
    const result = JSON.parse(stdout) as RehearsalResult;
    assert.equal(result.outcome, "failed");
    assert.deepEqual(
      result.stages.map(({ name, outcome }) => `${name} ${outcome}`),
      ["bring-up small failed"],
    );
    assert.match(result.stages[0]!.reason!, /workloads\.api\.access\.secrets\[0\]/);
    assert.equal(result.reason, result.stages[0]!.reason);
  });
});
