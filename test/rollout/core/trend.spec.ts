import assert from "node:assert/strict";
import fc from "fast-check";
import { slope } from "../../../rollout/core/trend";
import { parseCondition } from "../../../stacks/config/rollout/condition";
import type { Value } from "../support/fakeWorld";
import { planned } from "../support/plans";
import { BEGIN, Story } from "../support/story";

const HOUR = 3_600_000;
const told = (action = "rollback") =>
  new Story(
    planned(
      { steps: [{ share: 5, soak: "6h", gates: ["error-rate < 1"] }, { share: 100 }], triggers: ["leak"] },
      {
        interval: "1m",
        triggers: { leak: { when: "latency trend > 2 per 1h", for: "10m", action: action as "rollback" } },
      },
    ),
  ).to("shift-5");
/** The candidate's metric is this, so many hours after it got its first requests. */
const says = (story: Story, value: (hours: number) => Value) => {
  story.metric = (metric, color, _, at) =>
    metric === "latency" && color === "green" ? value((at - BEGIN) / HOUR) : 0.1;
  return story;
};
/** Minutes until it rolls back; undefined when it does not within so many. */
function minutesTo(story: Story, minutes: number): number | undefined {
  for (let minute = 1; minute <= minutes; minute += 1) {
    story.tick();
    if (story.state.rollback !== undefined) {
      return minute;
    }
  }
  return undefined;
}

describe("a trend", () => {
  it("is told per the time over which it is estimated", () => {
    assert.deepEqual(parseCondition("memory trend > 2 per 1h30m"), {
      metric: "memory",
      comparison: ">",
      limit: 2,
      baseline: false,
      trendSeconds: 5400,
    });
  });

  it("fires just above its limit, once its hour is covered and it has lasted, and not at the limit", () => {
    // 54 minutes are nine tenths of the hour; then ten more of them above.
    assert.equal(
      minutesTo(
        says(told(), (hours) => 50 + 2.01 * hours),
        300,
      ),
      65,
    );
    assert.equal(
      minutesTo(
        says(told(), (hours) => 50 + 1.99 * hours),
        300,
      ),
      undefined,
    );
    assert.equal(
      minutesTo(
        says(told(), () => 50),
        300,
      ),
      undefined,
    );
  });

  it("is not seen in a value that is high, falls, or jumps once", () => {
    assert.equal(
      minutesTo(
        says(told(), (hours) => 95 - 5 * hours),
        300,
      ),
      undefined,
    );
    assert.equal(
      minutesTo(
        says(told(), (hours) => (Math.floor(60 * hours) % 9 === 0 ? 90 : 50)),
        300,
      ),
      undefined,
    );
  });

  it("is not seen in a step that a shift made: what was before the shift is not compared with what is after it", () => {
    const story = told();
    says(story, () => 50);
    story.tick(90);
    story.promote();
    story.settle();
    says(story, () => 58);
    assert.equal(minutesTo(story, 90), undefined);
  });

  it("says nothing while its hour is not covered, and where values are missing", () => {
    const story = says(told(), (hours) => (hours < 0.5 ? { silence: "empty" } : 50 + 9 * hours));
    assert.equal(minutesTo(story, 83), undefined);
    assert.equal(minutesTo(story, 20), 11);
  });

  it("has a slope that a quarter of wrong values does not move far", () => {
    const points = (noise: readonly number[]) =>
      noise.map((each, index) => ({ at: index * 60_000, value: 3 * (index / 60) + each }));
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: -0.2, max: 0.2, noNaN: true }), { minLength: 60, maxLength: 60 }),
        fc.uniqueArray(fc.nat(59), { maxLength: 12 }),
        fc.double({ min: -1e6, max: 1e6, noNaN: true }),
        (noise, wrong, off) => {
          const values = noise.map((each, index) => (wrong.includes(index) ? off : each));
          const perHour = HOUR * slope(points(values));
          assert.ok(Math.abs(perHour - 3) < 1.2, String(perHour));
        },
      ),
    );
  });
});
