import assert from "node:assert/strict";
import { planned } from "../support/plans";
import { Story } from "../support/story";

const signal = (story: Story, name: string) =>
  story.ask({ kind: "signal", signal: name, by: "monitor", reason: "it says so" });
const kinds = (story: Story) => story.decisions.map(({ kind }) => kind).filter((kind) => kind !== "promote");
const reason = (story: Story) => (story.decision as { reason: string }).reason;

/** A stage with a gate on latency whose every limit is one sample, and a trigger on errors of a minute. */
function watched({ trigger = {}, gate = {}, step = {}, config = {} } = {}): Story {
  const gates = [
    { require: "latency < 1", limits: { failures: 2, errorsInARow: 2, inconclusiveInARow: 2 }, ...gate },
    { require: "engagement < 1", limits: { failures: 2, errorsInARow: 2, inconclusiveInARow: 2 } },
  ];
  const steps = [{ share: 10, soak: "2m", maxSoak: "2m", gates, ...step }, { share: 100 }];
  const triggers = { errors: { when: "error-rate > 5", for: "1m", ...trigger } };
  return new Story(planned({ steps }, { triggers, ...config })).to("shift-10");
}

describe("when several rules hold at once", () => {
  it("a trigger comes before a gate that fails, though its action is milder", () => {
    const story = watched({ trigger: { action: "warn" } });
    story.says("error-rate", 6);
    story.says("latency", 2);
    story.tick(3);
    assert.deepEqual(kinds(story), ["warn", "rollback"]);
    assert.match(reason(story), /gate latency < 1 failed/);
  });

  it("failures come before errors, whichever gate is first", () => {
    const story = watched();
    story.says("latency", { silence: "error", error: "time-out" });
    story.says("engagement", 2);
    story.tick(3);
    assert.match(reason(story), /gate engagement < 1 failed/);
  });

  it("errors come before silence, whichever gate is first", () => {
    const story = watched();
    story.says("latency", { silence: "empty" });
    story.says("engagement", { silence: "error", error: "time-out" });
    story.tick(3);
    assert.match(reason(story), /gate engagement < 1 could not be read in us-east-1, 3 times in a row/);
  });

  it("silence comes before expiry", () => {
    const story = watched({ gate: { limits: { inconclusiveInARow: 3 } } });
    story.says("latency", { silence: "empty" });
    story.tick(4);
    assert.match(reason(story), /gate latency < 1 said nothing in us-east-1, 4 times in a row/);
  });

  it("failures come before expiry", () => {
    const story = watched({ gate: { limits: { failures: 3 } } });
    story.says("latency", 2);
    story.tick(4);
    assert.match(reason(story), /gate latency < 1 failed in us-east-1: 2, 4 of 4 samples/);
  });

  it("expiry comes where nothing else holds", () => {
    const story = watched({ gate: { limits: { failures: 3 } } });
    story.says("latency", { silence: "few" });
    story.tick(4);
    assert.match(reason(story), /shift-10 has been watched for 120 s, and 0 s of 120 s are covered/);
  });

  it("a trigger comes before promotion on the same sample", () => {
    const story = watched({ trigger: { for: "90s" } });
    story.says("error-rate", 6);
    story.tick(4);
    assert.deepEqual(kinds(story), ["rollback"]);
    assert.equal(story.stage, "shift-10");
  });

  it("a gate's failure comes before promotion on the same sample", () => {
    const story = watched({ gate: { limits: { failures: 0 } } });
    story.tick(3);
    story.says("latency", 2);
    story.tick();
    assert.deepEqual(kinds(story), ["rollback"]);
    assert.equal(story.stage, "shift-10");
  });

  it("a trigger comes before a signal", () => {
    const story = watched({ config: { signals: { incident: { description: "something happened" } } } });
    story.says("error-rate", 6);
    story.tick(2);
    story.now += story.interval;
    story.perform(story.next());
    signal(story, "incident");
    story.settle();
    assert.match(reason(story), /^trigger errors/);
  });

  describe("a mild rule hides no grave one:", () => {
    const signals = {
      feedback: { description: "people are unhappy", action: "hold" },
      incident: { description: "somebody is in" },
    };

    it("a trigger that warns, one that rolls back", () => {
      const story = new Story(
        planned(
          { steps: [{ share: 10, soak: "1h" }, { share: 100 }], triggers: ["mild", "grave"] },
          {
            triggers: {
              mild: { when: "error-rate > 5", for: "1m", action: "warn" },
              grave: { when: "latency > 5", for: "1m" },
            },
          },
        ),
      ).to("shift-10");
      story.says("error-rate", 6);
      story.says("latency", 6);
      story.tick(3);
      assert.deepEqual(kinds(story), ["rollback"]);
    });

    it("a signal that holds, one that rolls back", () => {
      const story = watched({ config: { signals } });
      signal(story, "feedback");
      signal(story, "incident");
      story.settle();
      assert.deepEqual(kinds(story), ["rollback"]);
    });

    it("a trigger that warns, a signal", () => {
      const story = watched({ trigger: { action: "warn" }, config: { signals } });
      story.says("error-rate", 6);
      story.tick(2);
      story.now += story.interval;
      story.perform(story.next());
      signal(story, "incident");
      story.settle();
      assert.deepEqual(kinds(story), ["rollback"]);
    });

    for (const kind of ["hold", "promote"] as const) {
      it(`a person who asks to ${kind}, a trigger that fires at this moment`, () => {
        const story = watched();
        story.says("error-rate", 6);
        story.tick(2);
        story.now += story.interval;
        story.perform(story.next());
        story.ask({ kind, by: "bob@example.org", reason: "just now" });
        story.settle();
        assert.equal(kinds(story).at(-1), "rollback");
      });

      it(`a person who asks to ${kind}, a signal that came just before`, () => {
        const story = watched({ config: { signals } });
        signal(story, "incident");
        story.ask({ kind, by: "bob@example.org", reason: "just now" });
        story.settle();
        assert.equal(kinds(story).at(-1), "rollback");
      });
    }

    it("a trigger that warns, a test that failed", () => {
      const story = new Story(
        planned(
          { steps: [{ share: 10, soak: "1h" }, { share: 50, soak: "5m", hooks: ["smoke"] }, { share: 100 }] },
          {
            hooks: { smoke: { command: ["true"] } },
            triggers: { errors: { when: "error-rate > 5", for: "1m", action: "warn" } },
          },
        ),
      ).reach("shift-50");
      story.says("error-rate", 6);
      while (story.next().do !== "hook") {
        story.perform(story.next());
      }
      const effect = { kind: "hook", stage: "shift-50", hook: "smoke" } as const;
      story.record({ type: "effect-begun", effect });
      for (let index = 0; index < 3; index += 1) {
        story.now += story.interval;
        story.perform({ do: "look", moments: [story.now] });
      }
      story.record({ type: "effect-failed", effect, reason: "the login fails" });
      story.settle();
      assert.deepEqual(kinds(story), ["warn", "rollback"]);
      assert.match(reason(story), /shift-50 failed: the login fails/);
    });

    it("a person who held, a test that failed meanwhile: it is judged when they let go", () => {
      const story = new Story(
        planned({ validate: { soak: "5m", hooks: ["smoke"] } }, { hooks: { smoke: { command: ["true"] } } }),
      ).to("shift-100");
      while (story.next().do !== "hook") {
        story.perform(story.next());
      }
      const effect = { kind: "hook", stage: "validate", hook: "smoke" } as const;
      story.record({ type: "effect-begun", effect });
      story.ask({ kind: "hold", by: "bob@example.org", reason: "lunch" });
      story.record({ type: "effect-failed", effect, reason: "the login fails" });
      story.settle();
      assert.deepEqual(kinds(story), ["hold"]);
      story.ask({ kind: "resume", by: "bob@example.org", reason: "back" });
      story.settle();
      assert.match(reason(story), /validate failed: the login fails/);
    });
  });

  it("a hold without a deadline hides none that has one", () => {
    const signals = { feedback: { description: "people are unhappy", action: "hold", decideWithin: "2m" } };
    const story = watched({ trigger: { action: "hold" }, config: { signals } });
    story.says("error-rate", 6);
    story.tick(2);
    story.now += story.interval;
    story.perform(story.next());
    signal(story, "feedback");
    story.settle();
    assert.deepEqual(kinds(story), ["hold", "hold"]);
    assert.equal(story.state.hold?.decideBy, story.now + 120_000);
  });

  it("one trigger that fires in several scopes decides once", () => {
    const story = watched({ trigger: { action: "hold" } });
    story.says("error-rate", 6);
    story.tick(3);
    assert.deepEqual(kinds(story), ["hold"]);
  });
});
