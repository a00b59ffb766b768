import assert from "node:assert/strict";
import fc from "fast-check";
import { evenRuns } from "../../../rollout/metrics/runs";

describe("moments as runs", () => {
  it("are one run where they come at an interval", () => {
    assert.deepEqual(evenRuns([1000, 1030, 1060], 10), [{ first: 1000, last: 1060, step: 30, count: 3 }]);
    assert.deepEqual(evenRuns([1000], 10), [{ first: 1000, last: 1000, step: 0, count: 1 }]);
  });

  it("are several after a gap, and no longer than a source gives at once", () => {
    assert.deepEqual(evenRuns([0, 30, 60, 100, 130], 10), [
      { first: 0, last: 60, step: 30, count: 3 },
      { first: 100, last: 130, step: 30, count: 2 },
    ]);
    assert.deepEqual(
      evenRuns([0, 1, 2, 3, 4], 2).map(({ count }) => count),
      [2, 2, 1],
    );
  });

  it("are the same moments again, whatever they are", () => {
    const moments = fc.uniqueArray(fc.nat(5_000)).map((all) => all.sort((one, other) => one - other));
    fc.assert(
      fc.property(moments, fc.integer({ min: 1, max: 20 }), (all, most) => {
        const runs = evenRuns(all, most);
        assert.deepEqual(
          runs.flatMap(({ first, step, count }) => Array.from({ length: count }, (_, index) => first + index * step)),
          all,
        );
        assert.ok(runs.every(({ first, last, step, count }) => count <= most && last === first + (count - 1) * step));
      }),
    );
  });
});
