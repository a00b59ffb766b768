import assert from "node:assert/strict";
import { planned } from "../support/plans";
import { BEGIN, Story } from "../support/story";

const BY = { by: "bob@example.org", reason: "because" };
const SIGNALS = {
  incident: { description: "somebody is in" },
  feedback: { description: "people are unhappy", action: "hold" as const, decideWithin: "10m" },
};
const told = (plan: object = {}, config: object = {}) => new Story(planned(plan, { signals: SIGNALS, ...config }));
const fail = (story: Story, more: object = {}) => {
  const effect = { kind: "up", stage: story.stage!, stack: "the-application" } as const;
  story.record({ type: "effect-begun", effect });
  story.record({ type: "effect-failed", effect, reason: "the cloud says no", ...more });
};
const send = (story: Story, signal: string) => story.ask({ kind: "signal", signal, by: "monitor", reason: "now" });

describe("a hold", () => {
  it("stops what goes forward until people resume; then the stage is watched anew", () => {
    const story = told().to("shift-10");
    story.tick(5);
    story.ask({ kind: "hold", ...BY });
    story.tick(100);
    assert.equal(story.stage, "shift-10");
    story.ask({ kind: "resume", ...BY });
    assert.equal(story.state.progress.coveredSeconds, 0);
    story.tick(9);
    assert.equal(story.stage, "shift-10");
    story.tick();
    assert.equal(story.stage, "shift-50");
  });

  it("judges no gate while it lasts, and counts none of it against the stage", () => {
    const story = told().to("shift-10");
    story.ask({ kind: "hold", ...BY });
    story.says("error-rate", 2);
    story.tick(20);
    assert.equal(story.state.rollback, undefined);
    story.metric = () => 0.1;
    story.ask({ kind: "resume", ...BY });
    story.tick(10);
    assert.equal(story.stage, "shift-50");
  });

  it("is let go by a promotion, too", () => {
    const story = told().to("shift-10");
    story.ask({ kind: "hold", ...BY });
    story.promote();
    story.settle();
    assert.equal(story.stage, "shift-50");
    assert.equal(story.state.hold, undefined);
  });

  it("with a deadline rolls back at it exactly, and not a moment before", () => {
    const story = told().to("shift-10");
    send(story, "feedback");
    story.settle();
    story.now = BEGIN + 600_000 - 1;
    story.settle();
    assert.equal(story.state.rollback, undefined);
    story.now += 1;
    story.settle();
    assert.match(story.state.outcome!.reason, /nobody decided in time: signal feedback from monitor/);
  });

  it("with a deadline does not roll back once people have resumed", () => {
    const story = told().to("shift-10");
    send(story, "feedback");
    story.settle();
    story.ask({ kind: "resume", ...BY });
    story.tick(300);
    assert.equal(story.state.outcome?.outcome, "promoted");
  });

  it("keeps its deadline when another one comes on top, and takes the sooner one", () => {
    const triggers = { errors: { when: "error-rate > 5", for: "1m", action: "hold", decideWithin: "2m" } };
    const story = told({}, { triggers }).to("shift-10");
    send(story, "feedback");
    story.settle();
    const first = story.state.hold!.decideBy!;
    story.ask({ kind: "hold", ...BY });
    assert.equal(story.state.hold!.decideBy, first);
    story.says("error-rate", 6);
    story.tick(3);
    assert.equal(story.state.hold!.decideBy, story.now + 120_000);
  });

  it("cannot be resumed where there is none", () => {
    assert.throws(
      () =>
        told()
          .to("shift-10")
          .ask({ kind: "resume", ...BY }),
      /does not hold: there is nothing to resume/,
    );
  });

  it("comes at once where the clock is behind the journal, and ends with it", () => {
    const story = told().to("shift-10");
    story.tick();
    story.now -= 600_000;
    assert.match(story.settle()!, /the clock is 600 s behind the journal/);
    assert.equal(story.next().do, "wait");
    story.now += 600_000;
    story.tick(9);
    assert.equal(story.stage, "shift-50");
  });
});

describe("a signal", () => {
  it("takes everybody back, as config says, whatever the metrics say", () => {
    const story = told().to("shift-10");
    send(story, "incident");
    story.settle();
    assert.match(story.state.outcome!.reason, /signal incident from monitor: now/);
    assert.equal(story.state.outcome!.outcome, "rolled-back");
  });

  it("acts before the candidate's first request, too", () => {
    const story = told().reach("smoke");
    send(story, "incident");
    story.settle();
    assert.equal(story.state.outcome!.outcome, "rolled-back");
  });

  it("acts while an approval is awaited, and while people hold", () => {
    const story = told().to("shift-10");
    story.ask({ kind: "hold", ...BY });
    send(story, "incident");
    story.settle();
    assert.equal(story.state.outcome!.outcome, "rolled-back");
  });

  it("acts each time that it comes", () => {
    const story = told().to("shift-10");
    for (let time = 0; time < 2; time += 1) {
      send(story, "feedback");
      story.settle();
      assert.notEqual(story.state.hold, undefined);
      story.ask({ kind: "resume", ...BY });
      story.settle();
      assert.equal(story.state.hold, undefined);
    }
  });
});

describe("an `up` that fails", () => {
  it("is tried again as often as maxAttempts says, and is then a rollback", () => {
    for (const maxAttempts of [1, 2, 3]) {
      const story = told({ maxAttempts }).reach("deploy");
      for (let attempt = 1; attempt <= maxAttempts; attempt += 1) {
        assert.deepEqual(story.next(), { do: "begin", stage: "deploy", attempt });
        story.perform(story.next());
        fail(story);
      }
      story.settle();
      assert.match(story.state.outcome!.reason, /deploy failed: the cloud says no/);
    }
  });

  it("holds when it is for people to look at, and goes on when they resume", () => {
    const story = told().reach("deploy");
    story.perform(story.next());
    fail(story, { hold: true });
    assert.match(story.settle()!, /deploy: the cloud says no/);
    story.ask({ kind: "resume", ...BY });
    story.settle();
    assert.equal(story.stage, "shift-10");
  });

  it("of the database is tried once: nobody knows what it has done", () => {
    const story = told({}, { databaseChange: true }).reach("database-migrate");
    story.perform(story.next());
    fail(story);
    story.settle();
    assert.match(story.state.outcome!.reason, /database-migrate failed: the cloud says no/);
  });
});

describe("what a test said", () => {
  it("is not asked again: a hook that failed is a rollback", () => {
    const steps = [{ share: 10, soak: "5m", hooks: ["smoke"] }, { share: 100 }];
    const story = told({ steps }, { hooks: { smoke: { command: ["true"] } } }).reach("shift-10");
    while (story.next().do !== "hook") {
      story.perform(story.next());
    }
    const effect = { kind: "hook", stage: "shift-10", hook: "smoke" } as const;
    story.record({ type: "effect-begun", effect });
    story.record({ type: "effect-failed", effect, reason: "the login fails" });
    story.settle();
    assert.match(story.state.outcome!.reason, /shift-10 failed: the login fails/);
  });

  it("is not asked again: a candidate that cannot be reached is a rollback", () => {
    const story = told().reach("smoke");
    story.perform(story.next());
    const effect = { kind: "probe", stage: "smoke" } as const;
    story.record({ type: "effect-begun", effect });
    story.record({ type: "effect-failed", effect, reason: "503" });
    story.settle();
    assert.match(story.state.outcome!.reason, /smoke failed: 503/);
  });
});

describe("checks before anything is changed", () => {
  const before = { gates: ["healthy-targets >= 1"] };

  it("are about the active color", () => {
    const story = told({ before });
    story.metric = (metric, color) => (metric === "healthy-targets" ? (color === "blue" ? 3 : 0) : 0.1);
    story.settle();
    story.tick();
    assert.equal(story.stage, "shift-10");
  });

  it("end the rollout where one does not hold, and change nothing", () => {
    const story = told({ before });
    story.metric = (metric, _, scope) => (metric === "healthy-targets" ? (scope === "eu-west-1" ? 0 : 3) : 0.1);
    story.settle();
    story.tick();
    assert.match(story.state.outcome!.reason, /gate healthy-targets >= 1 failed in eu-west-1/);
    assert.equal(
      story.records.some(({ type }) => type === "effect-begun"),
      false,
    );
  });

  it("do not pass while nothing is said", () => {
    const story = told({ before });
    story.metric = () => ({ silence: "empty" });
    story.settle();
    story.tick(100);
    assert.equal(story.stage, "check");
    assert.match(story.state.hold!.reason, /said nothing/);
  });
});

describe("the rollback window", () => {
  it("lasts as long as config says, covered by what the triggers see", () => {
    const story = told().to("watch");
    story.tick(19);
    assert.equal(story.stage, "watch");
    story.tick();
    assert.equal(story.state.outcome?.outcome, "promoted");
  });

  it("does not pass while a trigger sees nothing anywhere: nobody watches", () => {
    const story = told().to("watch");
    story.metric = () => ({ silence: "empty" });
    story.tick(39);
    assert.equal(story.stage, "watch");
    story.tick();
    assert.match(story.state.hold!.reason, /watch has been watched for 1200 s, and 0 s of 600 s are covered/);
  });
});
