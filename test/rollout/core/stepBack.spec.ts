import assert from "node:assert/strict";
import { planned } from "../support/plans";
import { Story } from "../support/story";

const STEPS = [
  { share: 5, soak: "5m", approvals: ["captain"] },
  { share: 25, soak: "5m", approvals: ["captain"], gates: [{ require: "latency < 1", action: "step-back" as const }] },
  { share: 100, approvals: ["captain"] },
];
const APPROVERS = { captain: ["grace@example.org"] };
const told = (plan: object = {}) => new Story(planned({ steps: STEPS, ...plan }, { approvers: APPROVERS }));
const promote = (story: Story) => {
  story.promote();
  return story;
};

/** A release whose second shift fails: it goes back to the first one. */
function failing(plan: object = {}): Story {
  const story = told(plan).to("shift-25");
  story.approve();
  story.settle();
  story.says("latency", 2);
  story.tick();
  assert.equal(story.decision?.kind, "step-back");
  return story;
}
const begun = (story: Story) =>
  story.records.flatMap((record) => (record.type === "stage-begun" ? [`${record.stage} ${record.attempt}`] : []));
const fail = (story: Story, more: object = {}) => {
  const effect = { kind: "up", stage: story.stage!, stack: "the-routers" } as const;
  story.record({ type: "effect-begun", effect });
  story.record({ type: "effect-failed", effect, reason: "the cloud says no", ...more });
};

describe("going back a stage", () => {
  it("goes to the shift before, applies it, and holds until somebody promotes", () => {
    const story = failing();
    assert.equal(story.stage, "shift-5");
    assert.deepEqual(begun(story).slice(-2), ["shift-25 1", "shift-5 2"]);
    assert.equal(story.state.shares["us-east-1"], 5);
    story.tick(1000);
    assert.equal(story.stage, "shift-5");
    assert.equal(story.state.rollback, undefined);
  });

  it("waits for no approval of the stage that it goes back to, and for no window", () => {
    const story = failing();
    assert.equal(story.state.progress.applied, true);
  });

  it("goes back although the window has closed meanwhile", () => {
    const window = { zone: "UTC", from: "15:00", to: "15:06", atEnd: "finish" as const };
    const story = told({ window }).to("shift-5");
    story.approve();
    story.settle();
    story.tick(10);
    story.approve();
    story.tick(5);
    assert.equal(story.stage, "shift-25");
    assert.equal(story.state.progress.applied, true);
    story.says("latency", 2);
    story.tick();
    assert.equal(story.stage, "shift-5");
    assert.equal(story.state.shares["us-east-1"], 5);
  });

  it("voids the evidence and the approvals of what is left", () => {
    const story = failing();
    assert.deepEqual(story.state.progress.gates, []);
    assert.deepEqual(story.state.approvals, []);
    story.metric = () => 0.1;
    promote(story);
    assert.match(story.settle()!, /shift-25 waits for the approval of captain/);
    story.approve();
    story.settle();
    assert.equal(story.state.progress.coveredSeconds, 0);
    story.tick(9);
    assert.equal(story.stage, "shift-25");
    story.tick();
    assert.equal(story.stage, "shift-100");
  });

  it("cannot be resumed, only promoted or ended", () => {
    const story = failing();
    assert.throws(
      () => story.ask({ kind: "resume", by: "bob@example.org", reason: "go" }),
      /went back a stage: `cutover rollout promote` goes on/,
    );
  });

  it("is possible as often as maxAttempts says, counted from the first attempt; then it is a rollback", () => {
    for (const maxAttempts of [1, 2, 3]) {
      const story = told({ maxAttempts }).to("shift-25");
      for (let attempt = 1; attempt <= maxAttempts; attempt += 1) {
        assert.equal(story.state.rollback, undefined);
        story.approve();
        story.settle();
        story.says("latency", 2);
        story.tick();
        story.metric = () => 0.1;
        if (attempt < maxAttempts) {
          promote(story).settle();
        }
      }
      const attempts = begun(story).filter((each) => each.startsWith("shift-5"));
      assert.equal(attempts.length, maxAttempts);
      assert.deepEqual(story.state.outcome?.outcome, "rolled-back");
    }
  });

  it("is a rollback where there is no shift before", () => {
    const gates = [{ require: "latency < 1", action: "step-back" as const }];
    const story = new Story(planned({ steps: [{ share: 5, soak: "5m", gates }, { share: 100 }] })).to("shift-5");
    story.says("latency", 2);
    story.tick();
    assert.equal(story.decision?.kind, "rollback");
  });

  for (const [what, more] of [
    ["fails", {}],
    ["would change what it may not", { hold: true, outside: ["urn"] }],
  ] as const) {
    it(`is a rollback when its \`up\` ${what}: a hold would leave the candidate its share`, () => {
      const story = told().to("shift-25");
      story.approve();
      story.settle();
      story.says("latency", 2);
      story.now += story.interval;
      while (story.next().do !== "up" || story.stage !== "shift-5") {
        story.perform(story.next());
      }
      fail(story, more);
      story.settle();
      assert.match((story.decision as { reason: string }).reason, /shift-5 failed: the cloud says no/);
      assert.equal(story.state.outcome?.outcome, "rolled-back");
    });
  }

  it("keeps triggers watching the share that is still there until it is back", () => {
    const story = told().to("shift-25");
    story.approve();
    story.settle();
    story.says("latency", 2);
    story.says("error-rate", 6);
    story.now += story.interval;
    while (story.next().do !== "up" || story.stage !== "shift-5") {
      story.perform(story.next());
    }
    // The `up` that goes back takes its time.
    story.record({ type: "effect-begun", effect: { kind: "up", stage: "shift-5", stack: "the-routers" } });
    for (let index = 0; index < 2; index += 1) {
      story.now += story.interval;
      story.perform(story.next());
    }
    const todo = story.next();
    assert.equal(todo.do === "decide" && todo.decision.kind, "rollback");
  });

  it("watches on with triggers while it holds", () => {
    const story = failing();
    story.says("error-rate", 6);
    story.tick(3);
    assert.equal(story.decision?.kind, "rollback");
  });
});
