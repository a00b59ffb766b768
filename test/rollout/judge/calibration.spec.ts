import assert from "node:assert/strict";
import { isAlarm, rollout, type Plan } from "../../../scripts/judge/rollouts";
import { HELD, NORMAL } from "../../../scripts/judge/series";

/** `npm run judge:calibrate` shows the whole table; this is a small piece of it, so that a change that breaks it is seen at once. */
const PLAN: Plan = { looks: 6, values: 16, window: "growing", alpha: 0.05 };
const RUNS = 60;

describe("over a whole rollout, the judge", () => {
  for (const kind of HELD) {
    it(`raises false alarms no more often than stated: ${kind.name}`, function () {
      let alarms = 0;
      for (let seed = 0; seed < RUNS; seed++) {
        const verdicts = rollout(PLAN, { name: kind.name, kind }, seed);
        alarms += Number(verdicts.some(({ metrics }) => metrics.some(({ result }) => isAlarm(result))));
      }
      // 5 % of 60 are 3; 9 or more would come by chance once in 300 times.
      assert.ok(alarms <= 8, `${alarms} of ${RUNS}`);
    });
  }

  it("promotes a healthy release, and rolls back one that is 15 % slower", () => {
    const last = (factor: number) =>
      rollout(PLAN, { name: "x", kind: NORMAL, value: (value) => factor * value }, 1).at(-1)!;
    assert.equal(last(1).verdict, "promote");
    assert.equal(last(1.15).verdict, "rollback");
  });
});
