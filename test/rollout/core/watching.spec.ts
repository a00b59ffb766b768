import assert from "node:assert/strict";
import { isPastRollback } from "../../../rollout/core/state";
import { planned } from "../support/plans";
import { Story } from "../support/story";

const APPROVERS = { owner: ["grace@example.org"] };
const SIGN_OFF = { name: "sign-off", approvals: ["owner"], checklist: ["No critical issues"] };
const told = (plan: object, config: object = {}) => new Story(planned(plan, { approvers: APPROVERS, ...config }));
const begun = (story: Story) =>
  story.records.flatMap((record) => (record.type === "stage-begun" ? [record.stage] : []));

describe("a step without a share", () => {
  it("watches on at the share that was reached, with gates of its own, and applies nothing", () => {
    const story = told({
      steps: [{ share: 10, soak: "5m" }, { name: "smoke-period", soak: "5m", gates: ["latency < 1"] }, { share: 100 }],
    }).to("smoke-period");
    const ups = story.records.filter((record) => record.type === "effect-begun" && record.effect.kind === "up").length;
    story.tick(9);
    assert.equal(story.stage, "smoke-period");
    story.tick();
    assert.equal(story.stage, "validate");
    assert.equal(
      story.records.filter((each) => each.type === "effect-begun" && each.effect.kind === "up").length,
      ups + 1,
    );
    assert.deepEqual(story.state.shares["us-east-1"], 100);
  });

  it("is a sign-off when it asks people: what was watched before it goes on only when they approved", () => {
    const story = told({ steps: [{ share: 10, soak: "5m" }, SIGN_OFF, { share: 100 }] }).to("shift-10");
    story.tick(10);
    assert.equal(story.stage, "sign-off");
    assert.match(story.settle()!, /sign-off waits for the approval of owner/);
    story.tick(100);
    assert.equal(story.stage, "sign-off");
    story.approve();
    story.settle();
    assert.equal(story.stage, "validate");
  });

  it("is no step to go back to: a step back leaves the share that was reached", () => {
    const story = told({
      steps: [
        { share: 5, soak: "5m" },
        { share: 25, soak: "5m" },
        { name: "longer", soak: "5m", gates: [{ require: "latency < 1", action: "step-back" }] },
        { share: 100 },
      ],
    }).to("longer");
    story.says("latency", 2);
    story.tick();
    assert.equal(story.decision?.kind, "step-back");
    assert.equal(story.stage, "shift-5");
    assert.equal(story.state.shares["us-east-1"], 5);
  });
});

describe("the stages of the rollback window", () => {
  const plan = {
    steps: [{ share: 100 }],
    rollbackWindow: "30m",
    watch: [{ name: "first", soak: "10m", gates: ["latency < 1"] }, SIGN_OFF],
  };

  it("come after what has no weight, and a rollback is possible until the last of them has ended", () => {
    const story = told(plan).to("first");
    assert.ok(begun(story).includes("activate"));
    story.tick(20);
    assert.equal(story.stage, "sign-off");
    assert.equal(isPastRollback(story.state), false);
    story.approve();
    story.settle();
    assert.equal(story.stage, "watch");
    assert.equal(isPastRollback(story.state), false);
    story.says("error-rate", 9);
    story.tick(3);
    assert.equal(story.decision?.kind, "rollback");
    assert.equal(story.state.shares["us-east-1"], 0);
  });

  it("last as long as the window together: what they leave is watched by triggers alone", () => {
    const story = told(plan).to("first");
    const begin = story.now;
    story.tick(20);
    story.approve();
    story.settle();
    while (!isPastRollback(story.state)) {
      story.tick();
    }
    assert.equal((story.now - begin) / 60_000, 30);
  });

  it("take everybody back when a gate of one fails", () => {
    const story = told(plan).to("first");
    story.says("latency", 2);
    story.tick();
    assert.equal(story.decision?.kind, "rollback");
  });
});

describe("a stage with an interval of its own", () => {
  const step = (more: object = {}) => ({
    steps: [{ share: 10, soak: "15m", interval: "5m", gates: ["latency < 1"], ...more }, { share: 100 }],
  });

  it("has gates that look as often as it says, and no more often", () => {
    const story = told(step()).to("shift-10");
    story.says("latency", 2);
    story.tick(9);
    assert.equal(story.decision?.kind, "promote", "nothing was looked at yet");
    story.tick();
    assert.equal(story.decision?.kind, "rollback");
  });

  it("is covered by looks that are that far apart", () => {
    const story = told(step()).to("shift-10");
    story.tick(29);
    assert.equal(story.stage, "shift-10");
    story.tick();
    assert.equal(story.stage, "validate");
    const promotion = story.decisions.find((each) => each.kind === "promote" && each.stage === "shift-10");
    assert.deepEqual(promotion?.kind === "promote" && promotion.evidence.map(({ samples }) => samples), [3, 3, 3]);
  });

  it("leaves triggers their own: a fire is not seen later", () => {
    const story = told(step({ interval: "15m" })).to("shift-10");
    story.says("error-rate", 9);
    story.tick(3);
    assert.equal(story.decision?.kind, "rollback");
  });
});
