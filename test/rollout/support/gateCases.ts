import assert from "node:assert/strict";
import type { Gate, RolloutPlan, WatchedStage } from "../../../rollout/core/plan";
import { scopesOf } from "../../../rollout/core/state";
import { decided, kinds, PlanCases } from "./planCases";
import type { Story } from "./story";
import { checkScopes, checkTakenBack } from "./triggerCases";

/** The cases of a stage with gates as a whole, then those of each gate at its limits. */
export function stageCases(whole: RolloutPlan, stage: WatchedStage): void {
  // Slopes are triggers' alone, and dear to estimate in a stage of days.
  const plan = { ...whole, triggers: whole.triggers.filter(({ condition }) => condition.trendSeconds === undefined) };
  const cases = new PlanCases(plan);
  const intervals = Math.max(1, stage.soakSeconds / plan.intervalSeconds);

  it(`passes with every gate at the nearest value that meets it, after ${intervals} intervals and not one less`, () => {
    const story = cases.told().to(stage.name);
    const values = new Map(
      stage.gates.map(({ condition, color }) => [`${condition.metric} ${color}`, cases.around(condition).met]),
    );
    story.metric = (metric, color, scope, at) =>
      values.get(`${metric} ${color}`) ?? cases.healthy(metric, color, scope, at);
    story.tick(intervals - 1);
    assert.equal(story.stage, stage.name);
    story.tick();
    assert.notEqual(story.stage, stage.name);
    assert.deepEqual(decided(story), []);
  });

  it("never passes while it is told nothing", () => {
    const story = cases.told().to(stage.name);
    story.metric = () => ({ silence: "empty" });
    const patience = Math.max(...stage.gates.map(({ limits }) => limits.inconclusiveInARow));
    story.tick((patience + 1) * intervalsPerLook(plan, stage));
    assert.equal(story.stage, stage.name);
    assert.notEqual(story.state.hold, undefined);
  });

  stage.gates.forEach((gate, index) => gateCases(cases, stage, gate, index));
}

/** Gates may look less often than triggers. */
function intervalsPerLook({ intervalSeconds }: RolloutPlan, { gateSeconds = intervalSeconds }: WatchedStage): number {
  return gateSeconds / intervalSeconds;
}

function gateCases(cases: PlanCases, stage: WatchedStage, gate: Gate, index: number): void {
  const { plan, healthy } = cases;
  const { condition, color, limits, action, decideWithinSeconds } = gate;
  const { at, met, unmet } = cases.around(condition);
  const before = () => cases.told().to(stage.name);
  const scopes = scopesOf(before().state, condition.metric, color);
  const counted = (story: Story, scope: string) => story.state.progress.gates[index]!.get(scope)!;
  const strict = condition.comparison === "<" || condition.comparison === ">";
  const tolerated = Math.min(limits.failures, limits.failuresInARow ?? Infinity);
  const perLook = intervalsPerLook(plan, stage);
  const says = (story: Story, value: number, where = scopes) => {
    story.metric = cases.but(condition, color, value, where);
    return story;
  };
  const failed = () => says(before(), unmet).tick((tolerated + 1) * perLook);

  it(`${gate.text} is judged in ${scopes.join(", ")}`, () => {
    assert.ok(Number.isInteger(perLook));
    assert.equal(condition.trendSeconds, undefined);
    checkScopes(before(), scopes, condition.metric, color);
  });

  it(`${gate.text} is ${strict ? "not met" : "met"} at its limit, and met at the nearest value that it allows`, () => {
    for (const value of [at, met]) {
      const story = says(before(), value);
      story.perform({ do: "look", moments: [story.now + perLook * story.interval] });
      for (const scope of scopes) {
        assert.equal(counted(story, scope).samples, 1);
        assert.equal(counted(story, scope).failures, value === at && strict ? 1 : 0, `${value} in ${scope}`);
      }
    }
  });

  it(`${gate.text} does ${action} on failure ${tolerated + 1} just beyond its limit, in each scope alone, and not an interval before`, () => {
    for (const scope of scopes) {
      const story = says(before(), unmet, [scope]).tick((tolerated + 1) * perLook - 1);
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
      for (let failures = 1; failures <= limits.failures; failures += 1) {
        says(story, unmet).tick(perLook);
        if (failures % limits.failuresInARow! === 0) {
          says(story, met).tick(perLook);
        }
      }
      assert.deepEqual(decided(story), []);
      says(story, unmet).tick(perLook);
      assert.equal(decided(story)[0]?.kind, action);
    });
  }

  if (action === "rollback") {
    it(`${gate.text} takes everybody back`, () => checkTakenBack(failed()));
  }

  if (action === "warn") {
    it(`${gate.text} warns once, and the stage passes all the same`, () => {
      const story = says(before(), unmet).tick(stage.soakSeconds / plan.intervalSeconds);
      assert.deepEqual(kinds(story), ["warn"]);
      assert.notEqual(story.stage, stage.name);
    });
  }

  if (action === "step-back") {
    it(`${gate.text} goes back to the shift before, which holds until people promote; the second time it takes everybody back`, () => {
      const story = failed();
      const shifts = plan.stages.filter(({ kind }) => kind === "shift");
      const target = shifts[shifts.findIndex(({ name }) => name === stage.name) - 1]!;
      story.metric = healthy;
      story.tick(100);
      assert.deepEqual(kinds(story), ["step-back"]);
      assert.equal(story.stage, target.name);
      assert.deepEqual(
        Object.keys(plan.regions).map((region) => story.state.shares[region]),
        Object.keys(plan.regions).map(() => target.share),
      );
      says(story.to(stage.name), unmet).tick((tolerated + 1) * perLook);
      assert.deepEqual(kinds(story), ["step-back", "rollback"]);
      checkTakenBack(story);
    });
  }

  if (action === "hold" && decideWithinSeconds === undefined) {
    it(`${gate.text} holds until people decide, and nothing is taken back by itself`, () => {
      const story = failed();
      story.metric = healthy;
      story.tick(1_000);
      assert.deepEqual(kinds(story), ["hold"]);
      assert.equal(story.state.outcome, undefined);
    });
  }

  if (action === "hold" && decideWithinSeconds !== undefined) {
    it(`${gate.text} holds for ${decideWithinSeconds} s exactly, and then takes everybody back`, () => {
      const story = failed();
      story.metric = healthy;
      story.tick(decideWithinSeconds / plan.intervalSeconds - 1);
      assert.deepEqual(kinds(story), ["hold"]);
      story.tick();
      assert.deepEqual(kinds(story), ["hold", "rollback"]);
      checkTakenBack(story);
    });
  }

  if (stage.soakSeconds > 0) {
    it(`${gate.text} does not pass for all its stage when one scope is silent, and holds after ${limits.inconclusiveInARow + 1} looks`, () => {
      const looks = Math.min(1, stage.soakSeconds / plan.intervalSeconds / perLook - 1);
      for (const scope of scopes) {
        const story = before().tick(looks * perLook);
        story.metric = (name, of, where, moment) =>
          name === condition.metric && of === color && where === scope
            ? { silence: "empty" }
            : healthy(name, of, where, moment);
        story.tick((limits.inconclusiveInARow + 1) * perLook - 1);
        assert.deepEqual(decided(story), []);
        story.tick();
        assert.equal(decided(story)[0]?.kind, "hold");
      }
    });
  }
}
