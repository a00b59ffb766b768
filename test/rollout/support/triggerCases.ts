import assert from "node:assert/strict";
import { TOTAL, type RolloutPlan, type Signal, type Trigger } from "../../../rollout/core/plan";
import { questionOf } from "../../../rollout/core/rollBack";
import { pageIsOn, scopesOf, signalRule, triggerRule } from "../../../rollout/core/state";
import type { Color } from "../../../stacks/config/fields";
import { decided, PlanCases } from "./planCases";
import type { Story } from "./story";

/** The part of its time that a slope needs values of before it says something (rollout/core/trend.ts). */
const COVERED = 0.9;

/**
 * The cases of a trigger at its limits, where the candidate has its first requests, and at the end of the rollback window. People
 * hold meanwhile: no gate is judged then. A trigger about users is suspended behind the maintenance page: there it does nothing.
 */
export function triggerCases(plan: RolloutPlan, trigger: Trigger): void {
  const cases = new PlanCases(plan);
  const { condition, forSeconds, action, users } = trigger;
  const { at, met, unmet } = cases.around(condition);
  const intervals = forSeconds / plan.intervalSeconds;
  // A slope says nothing before so many samples, and cannot be turned by one.
  const isTrend = condition.trendSeconds !== undefined;
  const lead = isTrend ? (COVERED * condition.trendSeconds!) / plan.intervalSeconds : 0;
  const exposing = exposingStage(plan);
  const watched = plan.stages.findLast(({ kind, soakSeconds }) => kind === "watch" && soakSeconds > 0)!.name;
  const heldAt = (stage: string) => {
    const story = cases.told().to(stage);
    story.ask({ kind: "hold", by: "bob@example.org", reason: "the test is about a trigger" });
    return story;
  };
  const suspended = users === true && pageIsOn(heldAt(exposing).state);
  const first = suspended ? watched : exposing;
  const held = () => heldAt(first);
  const scopes = scopesOf(held().state, condition.metric, plan.candidate);
  const acted = (story: Story) => decided(story).filter(({ evidence }) => evidence?.rule === triggerRule(trigger));
  const says = (story: Story, value: number, where = scopes) => {
    story.metric = cases.but(condition, plan.candidate, value, where);
    return story;
  };
  const title = `${trigger.name}, ${trigger.text} for ${forSeconds} s,`;

  it(`${title} is judged where the candidate has requests: ${scopes.join(", ")}`, () => {
    assert.ok(Number.isInteger(intervals) && intervals >= 2);
    checkScopes(held(), scopes, condition.metric, plan.candidate);
  });

  it(`${title} does not fire ${isTrend ? "just inside" : "at its limit, nor just inside"} it`, () => {
    for (const value of isTrend ? [unmet] : [at, unmet]) {
      assert.deepEqual(acted(says(held(), value).tick(lead + 5 * intervals)), []);
    }
  });

  it(`${title} does ${action} just beyond it at exactly its duration, in each scope alone, and once`, () => {
    for (const scope of scopes) {
      // From the first sample that says something to this one it is one interval short.
      const story = says(held(), met, [scope]).tick(lead + intervals);
      assert.deepEqual(acted(story), []);
      story.tick();
      const [decision, ...others] = acted(story);
      assert.deepEqual(others, []);
      assert.equal(decision?.kind, action);
      assert.equal(decision.evidence?.scope, scope);
      checkDone(story, trigger, acted);
    }
  });

  if (!isTrend) {
    it(`${title} does not fire one interval short of its duration`, () => {
      const story = held();
      for (let time = 0; time < 3; time += 1) {
        says(story, met).tick(intervals);
        says(story, unmet).tick();
      }
      assert.deepEqual(acted(story), []);
    });
  }

  if (first !== watched) {
    it(`${title} does ${action} in the rollback window, too`, () => {
      const story = says(heldAt(watched), met).tick(lead + intervals);
      assert.deepEqual(acted(story), []);
      assert.equal(acted(story.tick())[0]?.kind, action);
    });
  }

  if (suspended) {
    it(`${title} does nothing while the maintenance page is on, and what it saw then does not count`, () => {
      const story = says(heldAt(exposing), met).tick(5 * intervals);
      assert.deepEqual(acted(story), []);
      story.to("activate");
      assert.equal(pageIsOn(story.state), false);
      story.ask({ kind: "hold", by: "bob@example.org", reason: "the test is about a trigger" });
      assert.deepEqual(acted(story.tick(intervals)), []);
      assert.equal(acted(story.tick())[0]?.kind, action);
    });
  }
}

/** A signal from outside: it acts at once, with its own action. */
export function signalCases(plan: RolloutPlan, signal: Signal): void {
  const { name, action } = signal;
  const acted = (story: Story) => decided(story).filter(({ evidence }) => evidence?.rule === signalRule(name));

  it(`${name} does ${action} at once, and once`, () => {
    const story = new PlanCases(plan).told().to(exposingStage(plan));
    story.ask({ kind: "hold", by: "bob@example.org", reason: "the test is about a signal" });
    story.settle();
    assert.deepEqual(acted(story), []);
    story.ask({ kind: "signal", signal: name, by: "security", reason: "the test" });
    story.settle();
    assert.deepEqual(
      acted(story).map(({ kind }) => kind),
      [action],
    );
    checkDone(story, signal, acted);
  });
}

/** The stage that gives the candidate its first requests. */
function exposingStage({ stages, rolling }: RolloutPlan): string {
  return stages.find(({ kind }) => kind === (rolling ? "deploy" : "shift"))!.name;
}

/** What follows a rule that has acted: people back, or held for as long as they may decide, or nothing more. */
function checkDone(
  story: Story,
  { action, decideWithinSeconds }: Pick<Signal, "action" | "decideWithinSeconds">,
  acted: (story: Story) => readonly { kind: string }[],
): void {
  if (action === "rollback") {
    checkTakenBack(story);
    return;
  }
  assert.equal(story.state.rollback, undefined);
  if (decideWithinSeconds === undefined) {
    assert.equal(acted(story.tick(30)).length, 1);
    return;
  }
  story.tick(decideWithinSeconds / story.plan.intervalSeconds - 1);
  assert.equal(acted(story).length, 1);
  story.tick();
  assert.deepEqual(
    acted(story).map(({ kind }) => kind),
    [action, "rollback"],
  );
  checkTakenBack(story);
}

/** That a metric is judged wherever it is measured and its color has requests, and somewhere. */
export function checkScopes({ plan, state }: Story, scopes: readonly string[], metric: string, color: Color): void {
  const { scopes: all } = plan.wanted.find((each) => each.metric === metric && each.color === color)!;
  const serves = (region: string) => plan.rolling || color === plan.active || state.shares[region]! > 0;
  assert.deepEqual(
    scopes,
    all.filter((scope) => scope === TOTAL || serves(scope)),
  );
  assert.ok(scopes.length > 0);
}

/** That nobody is on the candidate, and it has ended, unless people are asked whether the database goes back. */
export function checkTakenBack({ state, now }: Story): void {
  assert.notEqual(state.rollback, undefined);
  assert.deepEqual(
    Object.values(state.shares).filter((share) => share !== 0),
    [],
  );
  assert.equal(state.outcome?.outcome, questionOf(state, now) === undefined ? "rolled-back" : undefined);
}
