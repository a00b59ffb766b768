import { strict as assert } from "node:assert";
import { stageCheck, type StageCheckArgs } from "../../policies/stageCheck";
import { clouds } from "../../rehearsal/clouds";
import { rehearse } from "../../rehearsal/rehearse";
import type { JournalRecord } from "../../rollout/core/records";
import { EngineError, type Plan, type Step } from "../../rollout/engine";
import { nameOf, production, PROJECT, STACKS, type Production } from "../stacks/production";

describe("the policies before each stage", () => {
  let at: Production;
  let platform: Plan;

  before(async () => {
    at = await production();
    platform = await at.rehearsal.preview("production-platform");
  });

  const preview = (green: number) => at.rehearsal.preview("production", { set: { "traffic.green": green } });
  const check = (more: Partial<StageCheckArgs> = {}) =>
    stageCheck({
      project: PROJECT,
      stacks: STACKS,
      stack: "production",
      plan: "blue-green",
      recorded: async (stack) => at.rehearsal.resources(stack),
      today: () => new Date("2026-11-21"),
      ...more,
    });
  /** The preview of a platform of which one resource is made anew, with the provider of another. */
  const moved = (name: string, to: string): Plan => {
    const { provider = "" } = platform.steps.find(({ urn }) => nameOf(urn) === to)!;
    return platformWith((step) => (nameOf(step.urn) === name ? { ...step, op: "replace", provider } : step));
  };
  const platformWith = (change: (step: Step) => Step): Plan => ({ ...platform, steps: platform.steps.map(change) });

  it("let a step pass that the plan has", async () => {
    assert.deepEqual(await check().violations(await preview(50)), []);
  });

  it("stop a step that is larger than any of the plan, in each region", async () => {
    const violations = await check().violations(await preview(60));
    assert.equal(violations.length, 1);
    assert.match(violations[0]!, /^rollout-step-limit: .*green goes up by 60 % in us-east-1, more than 50 %/);
    assert.match(violations[0]!, /in ap-southeast-2/);
  });

  it("know how large the steps of the plan are: the canary's last is 75 %", async () => {
    assert.deepEqual(await check({ plan: "canary" }).violations(await preview(75)), []);
    assert.match((await check({ plan: "canary" }).violations(await preview(76))).join(), /more than 75 %/);
  });

  it("follow config before the plan", async () => {
    const strict = check({ set: { "policies.maxStepPercent": 9 } });
    assert.match((await strict.violations(await preview(10))).join(), /more than 9 %/);
  });

  it("stop a replica that would stand outside of its jurisdiction", async () => {
    const replica = "database-eu-central-1-recovery-replica-instance";
    const violations = await check().violations(moved(replica, "database-us-east-1-primary-instance"));
    assert.match(violations.join("\n"), new RegExp(`^residency-\\S+: ${replica}: .*US`, "m"));
  });

  it("stop a change after which a jurisdiction could not take the share of a region that fails", async () => {
    const plan = platformWith((step) => {
      const { type, inputs, provider = "" } = step;
      return type === "aws:eks/nodeGroup:NodeGroup" && provider.includes("us-west-2")
        ? { ...step, op: "update", inputs: { ...inputs, scalingConfig: { minSize: 0, desiredSize: 0, maxSize: 1 } } }
        : step;
    });
    assert.match((await check().violations(plan)).join("\n"), /^capacity-survives-region: /m);
  });

  it("take a value that a plan hides for neither wrong nor right", async () => {
    const plan = platformWith((step) =>
      step.type === "aws:rds/instance:Instance"
        ? { ...step, op: "update", inputs: { ...step.inputs, storageEncrypted: "[unknown]" } }
        : step,
    );
    assert.deepEqual(await check().violations(plan), []);
  });

  it("refuse a plan of a stack that is none of the deployment's", async () => {
    const plan = { ...(await preview(10)), stack: "staging" };
    await assert.rejects(async () => check().violations(plan), EngineError);
  });

  it("hold a rollout before anything is done, with the list in its journal", async () => {
    const records: JournalRecord[] = [];
    const result = await rehearse({
      project: PROJECT,
      clouds,
      stack: "production",
      set: { "policies.maxStepPercent": 9 },
      onRecord: (record) => records.push(record),
    });
    assert.equal(result.outcome, "held");
    assert.match(result.reason, /^shift-10: the policies forbid it: rollout-step-limit: .* more than 9 %/);
    const failed = records.find((record) => record.type === "effect-failed");
    assert.equal(failed?.violations?.length, 1);
    const stage = result.stages.at(-1)!;
    assert.equal(stage.name, "shift-10");
    assert.deepEqual(stage.changed, []);
    assert.deepEqual(new Set(Object.values(stage.weights)), new Set([0]));
  });
});
