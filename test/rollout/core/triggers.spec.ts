import assert from "node:assert/strict";
import fc from "fast-check";
import { TOTAL } from "../../../rollout/core/plan";
import type { Value } from "../support/fakeWorld";
import { planned } from "../support/plans";
import { Story } from "../support/story";

/** `error-rate > 5 for 5m`, with 30 s between samples: eleven of them, from the first to the last, are five minutes. */
const TRIGGERS = { errors: { when: "error-rate > 5", for: "5m" } };
const LONG = { steps: [{ share: 10, soak: "2h" }, { share: 100 }] };
const told = (trigger: object = {}, plan: object = {}) =>
  new Story(planned({ ...LONG, ...plan }, { triggers: { errors: { ...TRIGGERS.errors, ...trigger } } }));
const watched = (trigger: object = {}) => told(trigger).to("shift-10");

/** One sample after the other says this of the candidate in one region. @returns the number of those before a decision. */
function series(story: Story, values: readonly Value[], scope = "eu-west-1"): number | undefined {
  const before = story.decisions.length;
  for (const [index, value] of values.entries()) {
    story.says("error-rate", value, [scope]);
    story.tick();
    if (story.decisions.length > before) {
      return index;
    }
  }
  return undefined;
}
const times = (count: number, value: Value): Value[] => Array.from({ length: count }, () => value);

describe("a trigger", () => {
  it("does not fire at its limit, however long", () => {
    assert.equal(series(watched(), times(100, 5)), undefined);
  });

  it("fires just above its limit, at exactly its duration, and takes everybody back", () => {
    const story = watched();
    assert.equal(series(story, times(20, 5.0001)), 10);
    assert.equal(story.decision?.kind, "rollback");
    assert.match(
      (story.decision as { reason: string }).reason,
      /trigger errors: error-rate > 5 in eu-west-1 for 300 s \(last 5\)/,
    );
  });

  it("does not fire one interval short of its duration", () => {
    assert.equal(series(watched(), [...times(10, 6), ...times(20, 4)]), undefined);
  });

  it("is cleared by one healthy sample, and counts from the start again", () => {
    assert.equal(series(watched(), [...times(10, 6), 4, ...times(20, 6)]), 11 + 10);
  });

  const inconclusive: [string, Value][] = [
    ["empty", { silence: "empty" }],
    ["NaN", NaN],
    ["infinite", Infinity],
    ["stale", { silence: "stale" }],
    ["of too few requests", { silence: "few" }],
    ["an error", { silence: "error" }],
  ];
  for (const [what, value] of inconclusive) {
    it(`is frozen by a sample that is ${what}: it is not cleared, nor does it go on`, () => {
      // Five breaching samples are two minutes; the seven silent ones are none; the one after them adds its own interval.
      assert.equal(series(watched(), [...times(5, 6), ...times(7, value), ...times(20, 6)]), 5 + 7 + 5);
    });

    it(`does not fire on a sample that is ${what}`, () => {
      assert.equal(series(watched(), [...times(10, 6), ...times(50, value)]), undefined);
    });
  }

  it("never fires while all is silent", () => {
    assert.equal(series(watched(), times(200, { silence: "empty" })), undefined);
  });

  it("sees a region that is fully broken although the total is fine", () => {
    const story = watched();
    story.says("error-rate", 1, [TOTAL]);
    assert.equal(series(story, times(11, 100), "eu-west-1"), 10);
    assert.equal((story.decision as { evidence: { scope: string } }).evidence.scope, "eu-west-1");
  });

  it("sees a total that is broken although no region is, on its own", () => {
    const story = watched();
    assert.equal(series(story, times(11, 6), TOTAL), 10);
  });

  it("does not add up regions: each must breach for the whole time itself", () => {
    const story = watched();
    for (let index = 0; index < 40; index += 1) {
      story.metric = () => 0.1;
      story.says("error-rate", 6, [index % 2 === 0 ? "eu-west-1" : "us-east-1"]);
      story.tick();
    }
    assert.deepEqual(
      story.decisions.filter(({ kind }) => kind !== "promote"),
      [],
    );
  });

  it("does not look at the active color", () => {
    const story = watched();
    story.metric = (_, color) => (color === "blue" ? 100 : 0.1);
    story.tick(50);
    assert.equal(story.state.rollback, undefined);
  });

  it("does not look before the candidate's first request", () => {
    const story = told({}, { before: { approvals: ["captain"] } });
    const plan = { ...story.plan, approvers: { captain: ["grace@example.org"] } };
    const waiting = new Story(plan);
    waiting.says("error-rate", 100);
    waiting.settle();
    waiting.tick(50);
    assert.equal(waiting.state.rollback, undefined);
    assert.equal(waiting.state.sample, undefined);
  });

  it("does not look at a region in which the candidate has no requests yet", () => {
    const story = told({}, { steps: [{ share: 10, regions: ["us-east-1"], soak: "2h" }, { share: 100 }] });
    story.to("shift-10-us-east-1");
    assert.equal(series(story, times(50, 100), "eu-west-1"), undefined);
    assert.equal(series(story, times(50, 100), "us-east-1"), 10);
  });

  it("watches from the moment an `up` begins to give requests, not from its end", () => {
    const story = told();
    story.says("error-rate", 50);
    story.reach("shift-10");
    story.perform(story.next());
    story.record({ type: "effect-begun", effect: { kind: "up", stage: "shift-10", stack: "the-routers" } });
    for (let index = 0; index < 11; index += 1) {
      story.now += story.interval;
      const look = story.next();
      assert.equal(look.do, "look");
      story.perform(look);
    }
    const todo = story.next();
    assert.equal(todo.do === "decide" && todo.decision.kind, "rollback");
  });

  it("watches a part of the routers that were moved by an `up` that then failed", () => {
    const story = told();
    story.reach("shift-10");
    story.perform(story.next());
    const effect = { kind: "up", stage: "shift-10", stack: "the-routers" } as const;
    story.record({ type: "effect-begun", effect });
    const shares = { "us-east-1": 10, "eu-west-1": 0, "eu-central-1": 0 };
    story.record({ type: "effect-failed", effect, reason: "eu-west-1 did not take it", hold: true, shares });
    story.settle();
    assert.equal(story.decision?.kind, "hold");
    assert.equal(series(story, times(50, 50), "eu-west-1"), undefined);
    assert.equal(series(story, times(50, 50), "us-east-1"), 10);
    assert.equal(story.decision?.kind, "rollback");
  });

  for (const where of ["shift-100", "validate", "watch"]) {
    it(`watches on at 100 %, in ${where}`, () => {
      const story = told().to(where);
      story.says("error-rate", 50);
      story.tick(11);
      assert.equal(story.decision?.kind, "rollback");
    });
  }

  it("watches while an approval is awaited", () => {
    const steps = [{ share: 10, soak: "5m" }, { share: 50, soak: "5m", approvals: ["captain"] }, { share: 100 }];
    const story = new Story(planned({ steps }, { triggers: TRIGGERS, approvers: { captain: ["grace@example.org"] } }));
    story.to("shift-50");
    assert.match(story.settle()!, /shift-50 waits for the approval of captain/);
    story.says("error-rate", 50);
    story.tick(11);
    assert.equal(story.decision?.kind, "rollback");
  });

  it("watches while people hold", () => {
    const story = watched();
    story.ask({ kind: "hold", by: "bob@example.org", reason: "lunch" });
    assert.equal(series(story, times(20, 50)), 10);
    assert.equal(story.decision?.kind, "rollback");
  });

  it("stops when the rollback window has ended: the old color is given up", () => {
    const story = told().reach("retire");
    story.says("error-rate", 100);
    story.perform(story.next());
    for (let index = 0; index < 20; index += 1) {
      story.now += story.interval;
      story.perform({ do: "look", moments: [story.now] });
    }
    assert.notEqual(story.next().do, "decide");
  });

  it("acts once while it lasts, and again after a healthy sample", () => {
    const story = watched({ action: "warn" });
    assert.equal(series(story, times(20, 6)), 10);
    assert.equal(series(story, times(50, 6)), undefined);
    assert.equal(series(story, times(1, 4)), undefined);
    assert.equal(series(story, times(50, 6)), 10);
    assert.equal(story.state.warnings.length, 2);
  });

  it("forgets what it counted where the candidate lost its requests meanwhile", () => {
    const steps = [
      { share: 10, regions: ["us-east-1"], soak: "2h" },
      { share: 10, soak: "2h", gates: [{ require: "latency < 1", action: "step-back" as const }] },
      { share: 100 },
    ];
    const story = told({}, { steps }).to("shift-10");
    assert.equal(series(story, times(4, 6), "eu-west-1"), undefined);
    story.says("latency", 2);
    story.tick();
    assert.equal(story.decision?.kind, "step-back");
    story.metric = () => 0.1;
    story.tick(100);
    story.promote();
    story.settle();
    assert.equal(series(story, times(20, 6), "eu-west-1"), 10);
  });

  it("fires exactly when all conclusive samples since the last healthy one cover its duration, for any series", () => {
    const value = fc.constantFrom<Value>(6, 6, 6, 6, 6, 6, 4, { silence: "empty" });
    fc.assert(
      fc.property(fc.array(value, { maxLength: 60 }), fc.integer({ min: 2, max: 6 }), (values, intervals) => {
        const story = watched({ for: `${30 * intervals}s` });
        let held: number | undefined;
        const expected = values.findIndex((each) => {
          if (each === 6) {
            held = held === undefined ? 0 : held + 1;
          } else if (each === 4) {
            held = undefined;
          }
          return each === 6 && held === intervals;
        });
        assert.equal(series(story, values) ?? -1, expected);
      }),
      { numRuns: 200 },
    );
  });
});
