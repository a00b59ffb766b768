import assert from "node:assert/strict";
import { productionPlan, productionRollout } from "./metrics/productionPlan";
import { stageCases } from "./support/gateCases";
import { decided, PlanCases } from "./support/planCases";
import { signalCases, triggerCases } from "./support/triggerCases";

for (const name of Object.keys(productionRollout().plans)) {
  // The judge has tests of its own: here every rule is alone.
  const { judge: _, ...plan } = productionPlan(name);
  describe(`production's plan ${name}`, () => {
    it("is followed to its end while all is well", () => {
      const story = new PlanCases(plan).told();
      const last = plan.stages.at(-1)!;
      story.reach(last.name).settle();
      story.tick(last.soakSeconds / plan.intervalSeconds);
      assert.deepEqual(decided(story), []);
      assert.equal(story.state.outcome?.outcome, "promoted");
    });

    for (const trigger of plan.triggers) {
      describe(`has the trigger ${trigger.name}:`, () => triggerCases(plan, trigger));
    }

    // A recovery gives no candidate requests: what a signal does there has tests of its own.
    for (const signal of plan.recovery === undefined ? plan.signals : []) {
      describe("has the signal:", () => signalCases(plan, signal));
    }

    for (const stage of plan.stages.filter(({ gates }) => gates.length > 0)) {
      describe(`has each gate of ${stage.name}:`, () => stageCases(plan, stage));
    }
  });
}

describe("production's rules", () => {
  it("are all here, one by one: as many as its config names", () => {
    const { plans } = productionRollout();
    for (const [name, { triggers, steps, before, validate }] of Object.entries(plans)) {
      const plan = productionPlan(name);
      assert.deepEqual(
        plan.triggers.map((trigger) => trigger.name),
        triggers,
      );
      const gates = [...before.gates, ...steps.flatMap((step) => step.gates), ...validate.gates];
      assert.equal(plan.stages.flatMap((stage) => stage.gates).length, gates.length);
    }
    assert.ok(Object.keys(plans).includes("blue-green") && Object.keys(plans).includes("canary"));
  });
});
