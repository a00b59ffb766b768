import assert from "node:assert/strict";
import { rmSync } from "node:fs";
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
