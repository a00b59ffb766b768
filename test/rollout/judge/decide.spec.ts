import assert from "node:assert/strict";
import { decide, type Detector, type Metric, type MetricVerdict, type Result } from "../../../rollout/judge";

type Row = [result: Result, more?: Partial<Metric> & { detector?: Detector }];

function decided(...rows: Row[]) {
  const metrics = rows.map(([, { detector: _, ...more } = {}], index): Metric => {
    return { name: `m${index}`, worse: "higher", baseline: [], candidate: [], ...more };
  });
  const verdicts = rows.map(([result, more], index): MetricVerdict => {
    const detector = more?.detector ?? "location";
    return { name: `m${index}`, result, detector, pValue: 1, adjustedPValue: 1, effect: 0, interval: null, reason: "" };
  });
  return decide(metrics, verdicts);
}
const times = (count: number, row: Row): Row[] => Array.from({ length: count }, () => row);

describe("the decision on a look", () => {
  it("promotes above 0.9, holds above 0.7, and rolls back otherwise when something is worse", () => {
    const outcomes = (passed: number, all: number) =>
      decided(...times(passed, ["pass"]), ...times(all - passed, ["high"]));
    assert.deepEqual(outcomes(10, 10), { verdict: "promote", score: 1, reason: "the score is 1, above 0.9" });
    assert.equal(outcomes(91, 100).verdict, "promote");
    assert.deepEqual(outcomes(9, 10), { verdict: "hold", score: 0.9, reason: "the score is 0.9, not above 0.9" });
    assert.equal(outcomes(71, 100).verdict, "hold");
    const back = outcomes(7, 10);
    assert.deepEqual([back.verdict, back.score], ["rollback", 0.7]);
    assert.equal(back.reason, "the score is 0.7, not above 0.7, and worse is m7, m8, m9");
  });

  it("adds decimal weights without their last bits deciding", () => {
    const { score, verdict } = decided(
      ["pass", { weight: 0.01 }],
      ["pass", { weight: 0.26 }],
      ["high", { weight: 0.03 }],
    );
    assert.deepEqual([score, verdict], [0.9, "hold"]);
  });

  it("rolls back when a critical metric is worse, whatever the score", () => {
    const { verdict, reason } = decided(...times(99, ["pass"]), [
      "low",
      { critical: true, weight: 0, group: "eu-west-1" },
    ]);
    assert.deepEqual([verdict, reason], ["rollback", "m99 in eu-west-1: critical, and worse"]);
  });

  it("holds when a critical metric is inconclusive, in error or without data, whatever the score", () => {
    for (const result of ["inconclusive", "error", "nodata"] as const) {
      const { verdict, reason } = decided(...times(99, ["pass"]), [result, { critical: true, weight: 0 }]);
      assert.deepEqual([verdict, reason], ["hold", "m99: critical, and did not pass"]);
    }
  });

  it("rolls back before it holds", () => {
    assert.equal(decided(["inconclusive", { critical: true }], ["high", { critical: true }]).verdict, "rollback");
    assert.equal(decided(["inconclusive", { critical: true }], ["high"]).verdict, "rollback");
  });

  it("counts what is inconclusive as not passed", () => {
    assert.deepEqual([decided(["pass"], ["inconclusive"]).score, decided(["pass"], ["nodata"]).score], [0.5, 0.5]);
  });

  it("holds, and does not roll back, when nothing is shown to be worse: no data move no traffic", () => {
    const { verdict, score, reason } = decided(...times(3, ["inconclusive"]), ["nodata"], ["error"]);
    assert.deepEqual([verdict, score], ["hold", 0]);
    assert.equal(reason, "the score is 0, but no metric is shown to be worse: a lack of data moves no traffic");
    assert.equal(decided(...times(3, ["nodata"]), ["high"]).verdict, "rollback");
  });

  it("never rolls back for tail, variance and trend alone", () => {
    for (const detector of ["tail", "variance", "trend"] as const) {
      assert.equal(decided(...times(5, ["high", { detector, critical: true }])).verdict, "hold");
    }
    assert.equal(decided(["high", { detector: "tail" }], ["high"]).verdict, "rollback");
  });

  it("names three metrics, and how many more", () => {
    assert.match(decided(...times(6, ["high", { critical: true }])).reason, /^m0, m1, m2 and 3 more: critical/);
  });
});
