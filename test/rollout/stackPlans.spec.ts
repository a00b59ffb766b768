import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { RolloutPlan } from "../../rollout/core/plan";
import { planOf } from "../../rollout/plan";
import { parseConfig } from "../../stacks/config/parse";
import type { RolloutConfig } from "../../stacks/config/rollout";
import { rawStack } from "../stacks/config/stackFiles";
import { stageCases } from "./support/gateCases";
import { decided, PlanCases } from "./support/planCases";
import { signalCases, triggerCases } from "./support/triggerCases";

/** Every stack with a rollout but production, which has a spec of its own. */
const STACKS = [
  "adaptive-learning",
  "development",
  "edpsych",
  "pathfinity-azure",
  "proofile",
  "recovery",
  "staging",
  "test",
] as const;

/** The rollout of a stack's own config, and its plans. */
function rolloutOf(stack: string): { rollout: RolloutConfig; plans: RolloutPlan[] } {
  const result = parseConfig(rawStack(stack));
  assert.ok(result.ok, stack);
  const { config } = result;
  const rollout = config.traffic!.rollout!;
  const platform =
    config.cloud === "aws" ? { stack, ...config.platform!, closed: config.platform!.edge.closed } : undefined;
  const facts = {
    active: config.active,
    stacks: { application: stack, traffic: stack },
    regions: Object.fromEntries(Object.entries(config.platform!.regions).map(([region, { share }]) => [region, share])),
    releases: config.application!.releases,
    ...(platform === undefined ? {} : { platform }),
  };
  return { rollout, plans: Object.keys(rollout.plans).map((name) => planOf(rollout, facts, name)) };
}

for (const stack of STACKS) {
  for (const whole of rolloutOf(stack).plans) {
    // The judge, the window and the timetable have tests of their own: here every rule is alone.
    const { judge: _, window: __, ...plan } = whole;
    describe(`${stack}'s plan ${plan.plan}`, () => {
      it("is followed to its end while all is well", () => {
        // At the cadence of its gates where they look less often: a month of minutes shows nothing more.
        const gates = plan.stages.flatMap(({ gateSeconds }) => gateSeconds ?? []);
        const intervalSeconds = gates.length === 0 ? plan.intervalSeconds : Math.min(...gates);
        const story = new PlanCases({ ...plan, intervalSeconds }).told();
        const all = plan.stages.reduce((sum, { soakSeconds }) => sum + soakSeconds, 0);
        story.settle();
        for (let time = 0; story.state.outcome === undefined; time += 1) {
          assert.ok(time <= 2 * (all / intervalSeconds) + 100, `it is still at ${story.stage}`);
          story.approve();
          story.tick();
        }
        assert.deepEqual(decided(story), []);
        assert.equal(story.state.outcome.outcome, "promoted");
      });

      for (const trigger of plan.triggers) {
        describe(`has the trigger ${trigger.name}:`, () => triggerCases(plan, trigger));
      }

      for (const signal of plan.signals) {
        describe("has the signal:", () => signalCases(plan, signal));
      }

      for (const stage of plan.stages.filter(({ gates }) => gates.length > 0)) {
        describe(`has each gate of ${stage.name}:`, () => stageCases(plan, stage));
      }
    });
  }
}

describe("the rules of every stack", () => {
  it("are all here: of each stack with a rollout", () => {
    const root = join(__dirname, "../..");
    const names = readdirSync(root).flatMap((file) => /^Pulumi\.(.+)\.yaml$/.exec(file)?.[1] ?? []);
    const owners = names.filter((name) =>
      /^ {2}cutover:rollout:/m.test(readFileSync(join(root, `Pulumi.${name}.yaml`), "utf8")),
    );
    assert.deepEqual(owners.sort(), [...STACKS, "production"].sort());
  });

  it("are all here: as many as the config names", () => {
    for (const stack of STACKS) {
      const { rollout, plans } = rolloutOf(stack);
      for (const plan of plans) {
        const { triggers, steps, before, validate, watch } = rollout.plans[plan.plan]!;
        assert.deepEqual(
          plan.triggers.map((trigger) => trigger.name),
          triggers,
        );
        const gates = [before, ...steps, validate, ...watch].flatMap((each) => each.gates);
        assert.equal(plan.stages.flatMap((stage) => stage.gates).length, gates.length, stack);
      }
    }
  });
});
