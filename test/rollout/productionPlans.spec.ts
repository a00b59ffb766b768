import assert from "node:assert/strict";
import type { Gate, RolloutPlan, Trigger, WatchedStage } from "../../rollout/core/plan";
import { scopesOf } from "../../rollout/core/state";
import type { Condition } from "../../stacks/config/rollout/condition";
import { productionPlan, productionRollout } from "./metrics/productionPlan";
import { Story, type Metric } from "./support/story";

/** What each metric says while all is well; of both colors. */
const HEALTHY: Readonly<Record<string, number>> = {
  engagement: 50,
  "flow-state": 80,
  "career-selections": 20,
  "career-selections-per-session-all-1h": 0.3,
  "healthy-targets": 3,
};
const usual = (metric: string) => HEALTHY[metric] ?? 0;
const healthy: Metric = (metric) => usual(metric);

/** The smallest step that a test takes away from a limit. */
const near = (limit: number) => 1e-9 * Math.max(1, Math.abs(limit));

/** The value at a condition's limit; the nearest that meets it, and the nearest that does not. */
function around({ metric, comparison, limit, baseline }: Condition): { at: number; met: number; unmet: number } {
  const at = baseline ? limit * usual(metric) : limit;
  const up = comparison === ">" || comparison === ">=";
  const inclusive = comparison === "<=" || comparison === ">=";
  const [above, below] = [at + near(at), at - near(at)];
  return inclusive ? { at, met: at, unmet: up ? below : above } : { at, met: up ? above : below, unmet: at };
}

/** Metrics that are healthy but for one, of one color, in some scopes. */
const with_ =
  ({ metric }: Condition, color: string, value: number, scopes: readonly string[]): Metric =>
  (name, of, scope, at) =>
    name === metric && of === color && scopes.includes(scope) ? value : healthy(name, of, scope, at);

function told(plan: RolloutPlan): Story {
  const story = new Story(plan);
  story.metric = healthy;
  return story;
}
const decided = (story: Story) => story.decisions.flatMap((each) => (each.kind === "promote" ? [] : [each]));

for (const name of Object.keys(productionRollout().plans)) {
  // The judge has tests of its own: here every rule is alone.
  const { judge: _, ...plan } = productionPlan(name);
  describe(`production's plan ${name}`, () => {
    it("is followed to its end while all is well", () => {
      const story = told(plan);
      const last = plan.stages.at(-1)!;
      story.reach(last.name).settle();
      story.tick(last.soakSeconds / plan.intervalSeconds);
      assert.deepEqual(decided(story), []);
      assert.equal(story.state.outcome?.outcome, "promoted");
    });

    describe("has each of its triggers:", () => {
      plan.triggers.forEach((trigger) => triggerCases(plan, trigger));
    });

    for (const stage of plan.stages.filter(({ gates }) => gates.length > 0)) {
      describe(`has each gate of ${stage.name}:`, () => {
        stageCases(plan, stage);
        stage.gates.forEach((gate, index) => gateCases(plan, stage, gate, index));
      });
    }
  });
}

/**
 * A trigger is alone in the first shift while people hold: no gate is judged then. At the end, in the rollback window, it
 * still watches.
 */
function triggerCases(plan: RolloutPlan, trigger: Trigger): void {
  const { condition, forSeconds, action, decideWithinSeconds } = trigger;
  const { at, met, unmet } = around(condition);
  const intervals = forSeconds / plan.intervalSeconds;
  const first = plan.stages.find(({ kind }) => kind === "shift")!.name;
  const held = () => {
    const story = told(plan).to(first);
    story.ask({ kind: "hold", by: "bob@example.org", reason: "the test is about a trigger" });
    return story;
  };
  const scopes = scopesOf(held().state, condition.metric, plan.candidate);
  const acted = (story: Story) => decided(story).slice(1);
  const title = `${trigger.name}, ${trigger.text} for ${forSeconds} s,`;

  it(`${title} is judged where the candidate has requests: ${scopes.join(", ")}`, () => {
    assert.ok(Number.isInteger(intervals) && intervals >= 2);
    const serving = Object.keys(plan.regions);
    assert.ok(scopes.length === serving.length + 1 || scopes.length === 1, scopes.join());
  });

  it(`${title} does not fire at its limit`, () => {
    const story = held();
    story.metric = with_(condition, plan.candidate, at, scopes);
    story.tick(5 * intervals);
    assert.deepEqual(acted(story), []);
  });

  it(`${title} does not fire just inside its limit`, () => {
    const story = held();
    story.metric = with_(condition, plan.candidate, unmet, scopes);
    story.tick(5 * intervals);
    assert.deepEqual(acted(story), []);
  });

  it(`${title} fires just beyond it at exactly its duration, in each scope alone`, () => {
    for (const scope of scopes) {
      const story = held();
      story.metric = with_(condition, plan.candidate, met, [scope]);
      story.tick(intervals); // From the first sample to this one it is one interval short.
      assert.deepEqual(acted(story), []);
      story.tick();
      const [decision] = acted(story);
      assert.equal(decision?.kind, action);
      assert.equal(decision.evidence?.scope, scope);
      assert.equal(decideWithinSeconds, undefined);
      assert.equal(story.state.outcome?.outcome, "rolled-back");
      assert.deepEqual(
        Object.values(story.state.shares).filter((share) => share !== 0),
        [],
      );
    }
  });

  it(`${title} does not fire one interval short of its duration`, () => {
    const story = held();
    for (let time = 0; time < 3; time += 1) {
      story.metric = with_(condition, plan.candidate, met, scopes);
      story.tick(intervals);
      story.metric = with_(condition, plan.candidate, at, scopes);
      story.tick();
    }
    assert.deepEqual(acted(story), []);
  });

  it(`${title} fires in the rollback window, too`, () => {
    const story = told(plan).to("watch");
    story.metric = with_(condition, plan.candidate, met, scopes);
    story.tick(intervals + 1);
    assert.deepEqual(
      decided(story).map(({ kind }) => kind),
      [action],
    );
  });
}

function stageCases(plan: RolloutPlan, stage: WatchedStage): void {
  const samples = Math.max(1, stage.soakSeconds / plan.intervalSeconds);

  it(`passes with every gate at the nearest value that meets it, after ${samples} samples and not one less`, () => {
    const story = told(plan).to(stage.name);
    const values = new Map(
      stage.gates.map(({ condition, color }) => [`${condition.metric} ${color}`, around(condition).met]),
    );
    story.metric = (metric, color, scope, at) => values.get(`${metric} ${color}`) ?? healthy(metric, color, scope, at);
    story.tick(samples - 1);
    assert.equal(story.stage, stage.name);
    story.tick();
    assert.notEqual(story.stage, stage.name);
    assert.deepEqual(decided(story), []);
  });

  it("never passes while it is told nothing", () => {
    const story = told(plan).to(stage.name);
    story.metric = () => ({ silence: "empty" });
    story.tick(Math.min(300, 3 * Math.max(samples, 10)));
    assert.equal(story.stage, stage.name);
    assert.equal(story.state.hold === undefined, false);
  });
}

function gateCases(plan: RolloutPlan, stage: WatchedStage, gate: Gate, index: number): void {
  const { condition, color, limits, action, decideWithinSeconds } = gate;
  const { at, met, unmet } = around(condition);
  const before = () => told(plan).to(stage.name);
  const scopes = scopesOf(before().state, condition.metric, color);
  const counted = (story: Story, scope: string) => story.state.progress.gates[index]!.get(scope)!;
  const strict = condition.comparison === "<" || condition.comparison === ">";
  const tolerated = Math.min(limits.failures, limits.failuresInARow ?? Infinity);
  const few = Math.min(5, Math.max(1, stage.soakSeconds / plan.intervalSeconds) - 1);

  it(`${gate.text} is judged in ${scopes.join(", ")}`, () => {
    const total = scopes.includes("total") ? 1 : 0;
    assert.ok(scopes.length === total || scopes.length === Object.keys(plan.regions).length + total);
    assert.ok(scopes.length > 0);
  });

  it(`${gate.text} is ${strict ? "not met" : "met"} at its limit, and met at the nearest value that it allows`, () => {
    for (const value of [at, met]) {
      const story = before();
      story.metric = with_(condition, color, value, scopes);
      story.perform({ do: "look", moments: [story.now + story.interval] });
      for (const scope of scopes) {
        assert.equal(counted(story, scope).failures, value === at && strict ? 1 : 0, `${value} in ${scope}`);
      }
    }
  });

  it(`${gate.text} acts on failure ${tolerated + 1} just beyond its limit, in each scope alone, and not on one less`, () => {
    for (const scope of scopes) {
      const story = before();
      story.metric = with_(condition, color, unmet, [scope]);
      story.tick(tolerated);
      assert.deepEqual(decided(story), []);
      story.tick();
      const [decision] = decided(story);
      assert.equal(decision?.kind, action);
      assert.equal(decision.evidence?.rule, gate.text);
      assert.equal(decision.evidence?.scope, scope);
    }
  });

  if (limits.failuresInARow !== undefined) {
    it(`${gate.text} tolerates ${limits.failures} failures in all, and not one more`, () => {
      const story = before();
      const value = (each: number) => with_(condition, color, each, scopes);
      for (let failures = 0; failures < limits.failures; failures += 1) {
        story.metric = value(unmet);
        story.tick();
        if (failures % limits.failuresInARow! === limits.failuresInARow! - 1) {
          story.metric = value(met);
          story.tick();
        }
      }
      assert.deepEqual(decided(story), []);
      story.metric = value(unmet);
      story.tick();
      assert.equal(decided(story)[0]?.kind, action);
    });
  }

  if (action === "hold" && decideWithinSeconds === undefined) {
    it(`${gate.text} holds until people decide, and nothing is taken back by itself`, () => {
      const story = before();
      story.metric = with_(condition, color, unmet, scopes);
      story.tick(tolerated + 1);
      story.metric = healthy;
      story.tick(1_000);
      assert.deepEqual(
        decided(story).map(({ kind }) => kind),
        ["hold"],
      );
      assert.equal(story.state.outcome, undefined);
    });
  }

  if (action === "hold" && decideWithinSeconds !== undefined) {
    it(`${gate.text} holds for ${decideWithinSeconds} s exactly, and then takes everybody back`, () => {
      const story = before();
      story.metric = with_(condition, color, unmet, scopes);
      story.tick(tolerated + 1);
      story.metric = healthy;
      story.tick(decideWithinSeconds / plan.intervalSeconds - 1);
      assert.deepEqual(
        decided(story).map(({ kind }) => kind),
        ["hold"],
      );
      story.tick();
      assert.deepEqual(
        decided(story).map(({ kind }) => kind),
        ["hold", "rollback"],
      );
      assert.equal(story.state.outcome?.outcome, "rolled-back");
    });
  }

  if (stage.soakSeconds > 0) {
    it(`${gate.text} does not pass for all its stage when one scope is silent, and holds after ${limits.inconclusiveInARow + 1} samples`, () => {
      for (const scope of scopes) {
        const story = before();
        story.tick(few);
        story.metric = (name, of, where, moment) =>
          name === condition.metric && of === color && where === scope
            ? { silence: "empty" }
            : healthy(name, of, where, moment);
        story.tick(limits.inconclusiveInARow);
        assert.deepEqual(decided(story), []);
        story.tick();
        assert.equal(decided(story)[0]?.kind, "hold");
      }
    });
  }
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
