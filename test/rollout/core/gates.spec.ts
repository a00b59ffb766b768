import assert from "node:assert/strict";
import { TOTAL } from "../../../rollout/core/plan";
import type { Value } from "../support/fakeWorld";
import { planned } from "../support/plans";
import { BEGIN, Story } from "../support/story";

const GATE = { require: "latency < 1" };
/** A stage of five minutes, ten samples, with a gate. No trigger sees its metric. */
const watched = (gate: object = {}, step: object = {}) =>
  new Story(planned({ steps: [{ share: 10, soak: "5m", gates: [{ ...GATE, ...gate }], ...step }, { share: 100 }] })).to(
    "shift-10",
  );

/** One sample after the other says this of the candidate. @returns the number of those before a decision, and which it was. */
function series(
  story: Story,
  values: readonly Value[],
  scopes?: readonly string[],
): [number, string] | "nothing decided" {
  const before = story.decisions.length;
  for (const [index, value] of values.entries()) {
    story.says("latency", value, scopes);
    story.tick();
    const decision = story.decisions[before];
    if (decision !== undefined) {
      return [index, decision.kind];
    }
  }
  return "nothing decided";
}
const times = (count: number, value: Value): Value[] => Array.from({ length: count }, () => value);
const EMPTY: Value = { silence: "empty" };
const ERROR: Value = { silence: "error", error: "time-out" };
const FEW: Value = { silence: "few", requests: 3 };

describe("a gate", () => {
  it("passes when conclusive samples cover the soak exactly, and not one interval before", () => {
    assert.deepEqual(series(watched(), times(30, 0.999)), [9, "promote"]);
  });

  it("fails at its limit: below it is what it requires", () => {
    assert.deepEqual(series(watched(), times(30, 1)), [0, "rollback"]);
  });

  it("is not passed without a sample, however short the soak", () => {
    const story = watched({}, { soak: undefined });
    assert.match(story.settle()!, /shift-10 is watched/);
    assert.deepEqual(series(story, [FEW, EMPTY, FEW, 0.5]), [3, "promote"]);
  });

  it("leaves what it saw in the promotion: each scope with its last value, its limit and its samples", () => {
    const story = watched();
    assert.deepEqual(series(story, times(30, 0.5)), [9, "promote"]);
    const promotion = story.decisions.find((each) => each.kind === "promote" && each.stage === "shift-10");
    assert.deepEqual(
      promotion?.kind === "promote" && promotion.evidence.map(({ scope, ...rest }) => [scope, rest]),
      ["us-east-1", "eu-west-1", TOTAL].map((scope) => [
        scope,
        { rule: "latency < 1", value: 0.5, limit: 1, samples: 10, at: BEGIN + 300_000 },
      ]),
    );
  });

  it("sees one region that fails although the total is fine", () => {
    assert.deepEqual(series(watched(), times(5, 2), ["eu-west-1"]), [0, "rollback"]);
  });

  const silent: [string, Value][] = [
    ["empty", EMPTY],
    ["NaN", NaN],
    ["infinite", -Infinity],
    ["stale", { silence: "stale" }],
    ["an error", ERROR],
  ];
  for (const [what, value] of silent) {
    it(`is never passed by samples that are ${what}: after more of them than it tolerates in a row it holds`, () => {
      assert.deepEqual(series(watched(), times(30, value)), [4, "hold"]);
    });

    it(`is never passed when one region's samples are ${what}`, () => {
      assert.deepEqual(series(watched(), times(30, value), ["eu-west-1"]), [4, "hold"]);
    });
  }

  it("is not passed on a sample that says nothing, though the soak is covered", () => {
    const story = watched({}, { soak: "1m", maxSoak: "10m" });
    story.says("latency", EMPTY, ["eu-west-1"]);
    assert.deepEqual(series(story, [0.5, 0.5, 0.5], ["us-east-1", TOTAL]), "nothing decided");
    assert.deepEqual(series(story, [0.5, 0.5], ["eu-west-1"]), [1, "promote"]);
  });

  it("counts no time that no sample covers", () => {
    const story = watched();
    story.tick(5);
    assert.equal(story.state.progress.coveredSeconds, 150);
    story.says("latency", EMPTY, ["eu-west-1"]);
    story.tick(3);
    assert.equal(story.state.progress.coveredSeconds, 150);
    story.metric = () => 0.1;
    assert.deepEqual(series(story, times(10, 0.5)), [4, "promote"]);
  });

  it("counts no more than one interval for a sample, when those before were not taken", () => {
    const story = watched();
    story.now += 10 * story.interval;
    story.perform({ do: "look", moments: [story.now] });
    assert.equal(story.state.progress.coveredSeconds, 30);
  });

  it("counts from the moment the stage is applied, not from the interval's begin", () => {
    const story = new Story(planned({ steps: [{ share: 10, soak: "5m", gates: [GATE] }, { share: 100 }] }));
    story.now += 10_000;
    story.to("shift-10");
    story.now = BEGIN;
    story.tick();
    assert.equal(story.state.progress.coveredSeconds, 20);
  });

  it("looks at nothing before its hooks are done", () => {
    const story = new Story(
      planned(
        { steps: [{ share: 10, soak: "5m", gates: [GATE], hooks: ["smoke"] }, { share: 100 }] },
        { hooks: { smoke: { command: ["true"] } } },
      ),
    );
    story.reach("shift-10");
    while (story.next().do !== "hook") {
      story.perform(story.next());
    }
    story.says("latency", 2);
    story.now += story.interval;
    story.perform({ do: "look", moments: [story.now] });
    assert.equal(story.state.progress.gates[0]!.size, 0);
    story.settle();
    story.tick();
    assert.equal(story.decision?.kind, "rollback");
  });

  describe("with limits", () => {
    it("tolerates as many failures as its limit says, in total, and acts on the next", () => {
      const one = [2, 0.5];
      assert.deepEqual(series(watched({ limits: { failures: 3 } }, { soak: "1h" }), [...one, ...one, ...one, ...one]), [
        6,
        "rollback",
      ]);
    });

    it("tolerates as many failures in a row as its limit says, and acts on the next", () => {
      const story = () => watched({ limits: { failures: 100, failuresInARow: 3 } }, { soak: "1h" });
      assert.deepEqual(series(story(), times(9, 2)), [3, "rollback"]);
      assert.deepEqual(series(story(), [...times(3, 2), 0.5, ...times(3, 2), 0.5]), "nothing decided");
    });

    it("does not take a silent sample for an end of failures in a row", () => {
      const story = watched({ limits: { failures: 100, failuresInARow: 3 } }, { soak: "1h" });
      assert.deepEqual(series(story, [2, 2, EMPTY, 2, EMPTY, 2]), [5, "rollback"]);
    });

    it("counts failures of each region apart", () => {
      const story = watched({ limits: { failures: 3 } }, { soak: "1h" });
      assert.deepEqual(series(story, times(3, 2), ["eu-west-1"]), "nothing decided");
      story.metric = () => 0.1;
      assert.deepEqual(series(story, times(3, 2), ["us-east-1"]), "nothing decided");
    });

    for (const [name, value] of [
      ["inconclusiveInARow", EMPTY],
      ["errorsInARow", ERROR],
    ] as const) {
      it(`tolerates ${name} up to its limit, and holds on the next`, () => {
        const story = () => watched({ limits: { [name]: 2 } }, { soak: "1h" });
        assert.deepEqual(series(story(), times(9, value)), [2, "hold"]);
        assert.deepEqual(series(story(), [value, value, 0.5, value, value, 0.5]), "nothing decided");
      });
    }

    it("notices a source that fails and is silent by turns", () => {
      const story = watched({ limits: { inconclusiveInARow: 2, errorsInARow: 2 } }, { soak: "1h" });
      assert.deepEqual(series(story, [EMPTY, ERROR, EMPTY, ERROR, EMPTY, ERROR]), [4, "hold"]);
    });

    it("counts errors and silence apart", () => {
      const story = watched({ limits: { inconclusiveInARow: 2, errorsInARow: 2 } }, { soak: "1h" });
      assert.deepEqual(series(story, [EMPTY, ERROR, EMPTY, ERROR, 0.5]), "nothing decided");
    });

    it("waits for too few requests: they are counted by none of its limits", () => {
      const story = watched({ limits: { inconclusiveInARow: 0, errorsInARow: 0 } }, { soak: "1h" });
      assert.deepEqual(series(story, times(50, FEW)), "nothing decided");
    });
  });

  describe("that waits for requests", () => {
    it("extends its stage up to maxSoak, and then holds", () => {
      // Twice the soak: twenty samples.
      assert.deepEqual(series(watched(), times(50, FEW)), [19, "hold"]);
    });

    it("holds at the maxSoak that is set, not one interval before", () => {
      assert.deepEqual(series(watched({}, { maxSoak: "20m" }), times(50, FEW)), [39, "hold"]);
    });

    it("passes as soon as enough have come, before maxSoak", () => {
      assert.deepEqual(series(watched(), [...times(5, FEW), ...times(30, 0.5)]), [14, "promote"]);
    });

    it("passes when the last sample at maxSoak completes what it needs", () => {
      assert.deepEqual(series(watched({}, { maxSoak: "5m" }), times(30, 0.5)), [9, "promote"]);
    });

    it("looks at all that was missed before it calls a stage too late", () => {
      const story = watched();
      // Nobody was there for an hour, while all was well.
      story.now += 3_600_000;
      story.settle();
      assert.deepEqual(
        story.decisions.map(({ kind }) => kind).filter((kind) => kind !== "promote"),
        [],
      );
    });

    it("never rolls back for want of requests", () => {
      const story = watched();
      series(story, times(100, FEW));
      story.tick(500);
      assert.equal(story.state.rollback, undefined);
      assert.equal(story.stage, "shift-10");
    });
  });

  describe("with an action", () => {
    it("warn: it says so once, and goes on", () => {
      const story = watched({ action: "warn" });
      assert.deepEqual(series(story, times(1, 2)), [0, "warn"]);
      assert.deepEqual(series(story, times(9, 2)), [8, "promote"]);
      assert.deepEqual(story.state.warnings.length, 1);
    });

    it("warn: silence still never passes it", () => {
      assert.deepEqual(series(watched({ action: "warn" }), times(30, EMPTY)), [4, "hold"]);
    });

    it("hold: it holds until people decide, and takes nobody back", () => {
      const story = watched({ action: "hold" });
      assert.deepEqual(series(story, times(1, 2)), [0, "hold"]);
      story.tick(1000);
      assert.equal(story.state.rollback, undefined);
      assert.match(story.state.hold!.reason, /gate latency < 1 failed in us-east-1: 2, 1 of 1 samples/);
    });

    it("hold with decideWithin: it rolls back when exactly that time is over, and not one interval before", () => {
      const story = watched({ action: "hold", decideWithin: "10m" });
      assert.deepEqual(series(story, times(1, 2)), [0, "hold"]);
      story.metric = () => 0.1;
      story.tick(19);
      assert.equal(story.state.rollback, undefined);
      story.tick();
      assert.equal(story.decision?.kind, "rollback");
      assert.match(
        (story.decision as { reason: string }).reason,
        /^nobody decided in time: gate latency < 1 failed in us-east-1/,
      );
    });

    it("hold with decideWithin: people who are told late have all of that time", () => {
      const story = watched({ action: "hold", decideWithin: "10m" });
      story.says("latency", 2);
      story.now += 3_600_000;
      story.settle();
      assert.equal(story.decision?.kind, "hold");
      assert.equal(story.state.hold!.decideBy, story.now + 600_000);
    });

    it("the gravest of several that fail at once acts, whichever is named first", () => {
      const step = {
        gates: [
          { require: "latency < 1", action: "warn" },
          { require: "latency < 1.5", action: "hold" },
          { require: "latency < 1.7", action: "rollback" },
        ],
      };
      assert.deepEqual(series(watched({}, step), [2]), [0, "rollback"]);
    });
  });
});
