import assert from "node:assert/strict";
import { stuckRegions } from "../../../rollout/core/rollBack";
import { planned } from "../support/plans";
import { Story } from "../support/story";

const STEPS = [{ share: 10, soak: "1h" }, { share: 100 }];
const HEALTHY = { activeHealthy: "healthy-targets >= 1" };
const told = (config: object = {}) => new Story(planned({ steps: STEPS }, config));
const abort = (story: Story) => story.ask({ kind: "abort", by: "bob@example.org", reason: "it is enough" });
const unhealthy = (story: Story, ...regions: string[]) => {
  story.metric = (metric, color, scope) =>
    metric !== "healthy-targets" ? 0.1 : color === "blue" && regions.includes(scope) ? 0 : 2;
};

/** The rollback of one region, or of all, fails in some regions. */
function fail(story: Story, back: Record<string, number>): void {
  const todo = story.next();
  assert.equal(todo.do, "roll-back");
  const region = todo.do === "roll-back" ? todo.region : undefined;
  const effect = { kind: "rollback", stack: "the-routers", ...(region === undefined ? {} : { region }) } as const;
  story.record({ type: "effect-begun", effect });
  story.record({ type: "effect-failed", effect, reason: "it is dead", shares: back });
}

describe("a rollback", () => {
  it("takes all regions back together, and then those alone that did not follow", () => {
    const story = told().to("shift-10");
    abort(story);
    assert.deepEqual(story.next(), { do: "roll-back", without: [] });
    fail(story, { "us-east-1": 0, "eu-west-1": 10, "eu-central-1": 0 });
    assert.deepEqual(story.next(), { do: "roll-back", region: "eu-west-1", without: [] });
    story.settle();
    assert.equal(story.state.outcome?.outcome, "rolled-back");
    assert.equal(story.state.shares["eu-west-1"], 0);
  });

  it("tries a region that fails again after each interval, not at once, and never gives up", () => {
    const story = told().to("shift-10");
    abort(story);
    fail(story, { "us-east-1": 0, "eu-central-1": 0 });
    for (let time = 0; time < 50; time += 1) {
      fail(story, {});
      assert.equal(story.next().do === "roll-back", false);
      story.now += story.interval;
      while (story.next().do === "look") {
        story.perform(story.next());
      }
    }
    assert.deepEqual(stuckRegions(story.state), ["eu-west-1"]);
    story.settle();
    assert.equal(story.state.outcome?.outcome, "rolled-back");
    assert.deepEqual(stuckRegions(story.state), []);
  });

  it("waits for no clock: it begins although the clock is behind the journal", () => {
    const story = told().to("shift-10");
    abort(story);
    story.now -= 3_600_000;
    assert.equal(story.next().do, "roll-back");
  });

  it("has nothing to take back before the candidate's first request", () => {
    const story = told().reach("shift-10");
    abort(story);
    story.settle();
    assert.equal(story.state.outcome?.outcome, "rolled-back");
    assert.equal(
      story.records.some(({ type }) => type === "effect-begun" && story.state.exposedAt !== undefined),
      false,
    );
  });

  it("takes everybody back when an `up` that gives the first requests was begun, whatever became of it", () => {
    const story = told().reach("shift-10");
    story.perform(story.next());
    story.record({ type: "effect-begun", effect: { kind: "up", stage: "shift-10", stack: "the-routers" } });
    abort(story);
    assert.equal(story.next().do, "roll-back");
  });

  it("works at 100 %, until the rollback window ends", () => {
    const story = told().to("watch");
    abort(story);
    story.settle();
    assert.deepEqual(story.state.shares, { "us-east-1": 0, "eu-west-1": 0, "eu-central-1": 0 });
  });

  it("brings back what has no weight, once it had moved, after the routers", () => {
    const stacks = (story: Story) =>
      story.records.flatMap((record) =>
        record.type === "effect-done" && record.effect.kind === "rollback" ? [record.effect.stack] : [],
      );
    const before = told().to("validate");
    abort(before);
    before.settle();
    assert.deepEqual(stacks(before), ["the-routers"]);
    const after = told().to("watch");
    abort(after);
    after.settle();
    assert.deepEqual(stacks(after), ["the-routers", "the-application"]);
  });

  it("does not let what has no weight wait for a region that is dead", () => {
    const story = told().to("watch");
    abort(story);
    fail(story, { "us-east-1": 0, "eu-central-1": 0 });
    fail(story, {});
    assert.deepEqual(story.next(), { do: "undo", patch: 1 });
  });

  describe("of what has no weight", () => {
    const undo = { kind: "rollback", stack: "the-application", patch: 1 } as const;
    /** No region only stands by: where none is healthy, no router can be taken back. */
    const served = () =>
      new Story(planned({ steps: STEPS }, HEALTHY, { regions: { "us-east-1": 70, "eu-west-1": 30 } }));
    const failUndo = (story: Story) => {
      assert.deepEqual(story.next(), { do: "undo", patch: 1 });
      story.record({ type: "effect-begun", effect: undo });
      story.record({ type: "effect-failed", effect: undo, reason: "it is dead" });
    };

    it("is tried again after each interval, not at once, although no router could be tried yet", () => {
      const story = served().to("watch");
      unhealthy(story, "us-east-1", "eu-west-1");
      story.tick();
      abort(story);
      failUndo(story);
      assert.equal(story.next().do, "wait");
      story.now += story.interval;
      while (story.next().do === "look") {
        story.perform(story.next());
      }
      assert.deepEqual(story.next(), { do: "undo", patch: 1 });
    });

    it("does not make the routers be taken back one by one when it fails before them", () => {
      const story = served().to("watch");
      unhealthy(story, "us-east-1", "eu-west-1");
      story.tick();
      abort(story);
      failUndo(story);
      unhealthy(story);
      story.now += story.interval;
      while (story.next().do === "undo" || story.next().do === "look") {
        story.perform(story.next());
      }
      assert.deepEqual(story.next(), { do: "roll-back", without: [] });
    });

    it("makes no region stuck, however often it fails", () => {
      const story = told().to("watch");
      abort(story);
      story.perform(story.next());
      for (let time = 0; time < 10; time += 1) {
        failUndo(story);
        story.now += story.interval;
      }
      assert.deepEqual(stuckRegions(story.state), []);
      story.settle();
      assert.equal(story.state.outcome?.outcome, "rolled-back");
      assert.deepEqual(stuckRegions(story.state), []);
    });
  });

  it("has everybody back when the last of them is, and not before it when somebody moved one again", () => {
    const story = told().to("shift-10");
    abort(story);
    story.perform(story.next());
    const first = story.now;
    assert.equal(story.state.rollback?.backAt, first);
    const effect = { kind: "rollback", stack: "the-routers", region: "eu-west-1" } as const;
    story.now += 1000;
    story.record({ type: "effect-failed", effect, reason: "it was moved again", shares: { "eu-west-1": 30 } });
    assert.equal(story.state.rollback?.backAt, undefined);
    story.tick();
    assert.equal(story.state.outcome?.outcome, "rolled-back");
    assert.equal(story.state.rollback?.backAt, story.now);
    assert.ok(story.now > first);
  });

  it("is not stopped by holds, approvals or promotions", () => {
    const story = told().to("shift-10");
    abort(story);
    for (const kind of ["hold", "resume", "promote", "abort"] as const) {
      assert.throws(() => story.ask({ kind, by: "bob@example.org", reason: "wait" }), /is going back/);
    }
  });

  describe("where the active color is not healthy", () => {
    it("leaves that region as it is, takes the others back, and waits", () => {
      const story = told(HEALTHY).to("shift-10");
      unhealthy(story, "eu-west-1");
      story.tick();
      abort(story);
      assert.deepEqual(story.next(), { do: "roll-back", without: ["eu-west-1"] });
      assert.match(story.settle()!, /blue has no healthy target in eu-west-1/);
      assert.deepEqual(story.state.shares, { "us-east-1": 0, "eu-west-1": 10, "eu-central-1": 0 });
      story.tick(100);
      assert.equal(story.state.outcome, undefined);
    });

    it("takes that region back as soon as it is healthy again", () => {
      const story = told(HEALTHY).to("shift-10");
      unhealthy(story, "eu-west-1");
      story.tick();
      abort(story);
      story.tick(10);
      unhealthy(story);
      story.tick();
      assert.equal(story.state.outcome?.outcome, "rolled-back");
      assert.equal(story.state.shares["eu-west-1"], 0);
    });

    it("believes the last that was said: silence makes no region healthy, nor unhealthy", () => {
      const story = told(HEALTHY).to("shift-10");
      unhealthy(story, "eu-west-1");
      story.tick();
      story.metric = (metric) => (metric === "healthy-targets" ? { silence: "empty" } : 0.1);
      story.tick(3);
      abort(story);
      assert.deepEqual(story.next(), { do: "roll-back", without: ["eu-west-1"] });
    });

    it("waits in all regions when it is healthy in none", () => {
      const story = told(HEALTHY).to("shift-10");
      unhealthy(story, "us-east-1", "eu-west-1");
      story.tick();
      abort(story);
      story.settle();
      assert.deepEqual(story.state.shares, { "us-east-1": 10, "eu-west-1": 10, "eu-central-1": 0 });
    });
  });

  it("of a rolling release deploys the old one, and touches no router", () => {
    const story = new Story(planned({ strategy: "rolling", steps: [] }));
    story.to("validate");
    abort(story);
    assert.deepEqual(story.next(), { do: "undo", patch: 0 });
    story.settle();
    assert.equal(story.state.outcome?.outcome, "rolled-back");
  });

  describe("once its window has ended", () => {
    const retiring = () => told({ signals: { incident: { description: "somebody is in" } } }).reach("retire");

    it("is refused", () => {
      assert.throws(
        () => abort(retiring()),
        /the rollback window of rollout the-routers-1 has ended, and blue is given up/,
      );
    });

    it("is not what a signal does", () => {
      const story = retiring();
      story.ask({ kind: "signal", signal: "incident", by: "monitor", reason: "now" });
      story.settle();
      assert.equal(story.state.outcome?.outcome, "promoted");
    });

    it("is not what a stage does that fails: it holds", () => {
      const story = retiring();
      story.perform(story.next());
      const effect = { kind: "up", stage: "retire", stack: "the-application" } as const;
      for (let time = 0; time < 5; time += 1) {
        story.record({ type: "effect-begun", effect });
        story.record({ type: "effect-failed", effect, reason: "the cloud says no" });
      }
      story.settle();
      assert.match(story.state.hold!.reason, /retire: the cloud says no/);
    });
  });
});
