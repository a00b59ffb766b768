import assert from "node:assert/strict";
import fc from "fast-check";
import { detectableRate, detectableShift, lookAlpha } from "../../../rollout/judge";
import { Chance, NORMAL } from "../../../scripts/judge/series";
import { judged, metric, only } from "./samples";

describe("the looks of a rollout", () => {
  it("spend all of alpha, and no more, when their number is planned", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 300 }), fc.double({ min: 1e-4, max: 0.5, noNaN: true }), (looks, alpha) => {
        const spent = Array.from({ length: looks }, (_, index) => lookAlpha({ look: index + 1, looks, alpha }));
        assert.ok(Math.abs(spent.reduce((sum, each) => sum + each, 0) - alpha) < 1e-12);
      }),
    );
  });

  it("never spend more than alpha when it is not, however many there are", () => {
    const spent = Array.from({ length: 10_000 }, (_, index) => lookAlpha({ look: index + 1 })).reduce(
      (sum, each) => sum + each,
      0,
    );
    assert.ok(spent < 0.05 && spent > 0.0499);
  });

  it("fail when the look is not one of those planned", () => {
    for (const look of [0, -1, 1.5, NaN, 13]) {
      assert.throws(() => lookAlpha({ look, looks: 12 }), /a whole number from 1 to the number of looks is needed/);
    }
  });
});

describe("the smallest effect that a look can see", () => {
  it("is seen four times in five: a shift", () => {
    for (const [length, tests] of [
      [30, 3],
      [48, 3],
      [100, 4],
    ] as const) {
      const shift = detectableShift({ candidate: length, baseline: length, cv: 0.1, alpha: 0.01, tests })!;
      let seen = 0;
      for (let seed = 0; seed < 200; seed++) {
        const { candidate, baseline } = NORMAL.make(new Chance(seed, `power ${length}`), length);
        const slower = candidate.map((value) => value + 100 * shift);
        seen += Number(judged([metric(slower, baseline)], 0.01).metrics[0]!.result === "high");
      }
      assert.ok(seen >= 145 && seen <= 185, `${length}: ${seen} of 200`);
    }
  });

  it("is seen four times in five: a rate", () => {
    const rate = detectableRate({ candidate: 2000, baseline: 18_000, baselineRate: 0.01 })!;
    const chance = new Chance(1, "rates");
    let seen = 0;
    for (let run = 0; run < 300; run++) {
      const [candidate, baseline] = [
        { events: chance.binomial(2000, rate), total: 2000 },
        { events: chance.binomial(18_000, 0.01), total: 18_000 },
      ];
      seen += Number(only(candidate, baseline).result === "high");
    }
    assert.ok(seen >= 220 && seen <= 275, `${seen} of 300`);
  });

  it("gets smaller with more samples, and larger with more tests, more noise and more dependence", () => {
    const shift = (more: object) => detectableShift({ candidate: 60, baseline: 60, cv: 0.1, ...more })!;
    assert.ok(shift({ candidate: 200, baseline: 200 }) < shift({}));
    assert.ok(shift({ tests: 20 }) > shift({}) && shift({ alpha: 0.001 }) > shift({}));
    assert.ok(shift({ cv: 0.2 }) === 2 * shift({}));
    assert.ok(shift({ correlation: 0.5 }) > shift({}));
    const rate = (more: object) => detectableRate({ candidate: 1000, baseline: 9000, baselineRate: 0.01, ...more })!;
    assert.ok(rate({}) > 0.01 && rate({ candidate: 5000 }) < rate({}) && rate({ tests: 20 }) > rate({}));
  });

  it("is none where the samples are too few for any", () => {
    assert.equal(detectableShift({ candidate: 4, baseline: 1000, cv: 0.1 }), undefined);
    assert.equal(detectableShift({ candidate: 6, baseline: 6, cv: 0.1, alpha: 1e-4 }), undefined);
    assert.equal(detectableRate({ candidate: 2, baseline: 1000, baselineRate: 0.5 }), undefined);
  });
});
