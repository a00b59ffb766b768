import assert from "node:assert/strict";
import fc from "fast-check";
import { normalAbove } from "../../../rollout/judge/distributions";
import { hodgesLehmann } from "../../../rollout/judge/hodgesLehmann";
import { canRollBack } from "../../../rollout/judge/conclude";
import { order } from "../../../rollout/judge/order";
import { EXACT_UP_TO, rankSum } from "../../../rollout/judge/rankSum";
import { sampleOf } from "../../../rollout/judge/samples";
import type { Metric, MetricVerdict } from "../../../rollout/judge";
import { judged, metric, normal, only } from "./samples";

/** Two samples of some length, with or without a difference, a slow tail and rounded values. */
const sides = fc
  .record({
    seed: fc.nat(1e6),
    lengths: fc.tuple(fc.integer({ min: 5, max: 120 }), fc.integer({ min: 5, max: 120 })),
    factor: fc.constantFrom(0.5, 0.9, 1, 1, 1, 1.1, 2),
    slow: fc.boolean(),
    rounded: fc.boolean(),
  })
  .map(({ seed, lengths, factor, slow, rounded }) => {
    const value = (each: number) => (rounded ? Math.round(each / 5) * 5 : each);
    return {
      candidate: normal(2 * seed, lengths[0]).map((each, index) =>
        value(factor * each * (slow && index % 8 === 0 ? 3 : 1)),
      ),
      baseline: normal(2 * seed + 1, lengths[1]).map(value),
    };
  });
const worse = fc.constantFrom("higher", "lower", "either");

/** Without what is in the metric's unit. */
const unitless = ({ result, detector, pValue, adjustedPValue }: MetricVerdict) => ({
  result,
  detector,
  pValue,
  adjustedPValue,
});

describe("whatever the samples are, the judge", () => {
  it("says the same in every unit", () => {
    fc.assert(
      fc.property(
        sides,
        worse,
        fc.constantFrom(1, 1.2),
        fc.double({ min: -9, max: 9, noNaN: true }),
        ({ candidate, baseline }, direction, maxRatio, exponent) => {
          const times = (values: number[]) => values.map((value) => value * 10 ** exponent);
          const options = { worse: direction, maxRatio } as const;
          assert.deepEqual(
            unitless(only(times(candidate), times(baseline), options)),
            unitless(only(candidate, baseline, options)),
          );
        },
      ),
      { numRuns: 200 },
    );
  });

  it("says the opposite when the sides are exchanged: low for high, with the same p-value and the interval mirrored", () => {
    fc.assert(
      fc.property(sides, ({ candidate, baseline }) => {
        const [one, other] = [
          only(candidate, baseline, { worse: "either" }),
          only(baseline, candidate, { worse: "either" }),
        ];
        assert.ok(Math.abs(one.pValue! / other.pValue! - 1) < 1e-9);
        assert.ok(Math.abs(one.effect! + other.effect!) < 1e-9);
        assert.equal(one.interval === null, other.interval === null);
        if (one.interval !== null) {
          assert.ok(Math.abs(one.interval[0] + other.interval![1]) < 1e-9);
        }
        // Tests of the tail and the spread look one way only, and through Holm they decide with how close a call it is.
        const found = [one, other].every((each) => each.detector === "location" && /high|low/.test(each.result));
        assert.ok(!found || one.result !== other.result);
      }),
      { numRuns: 200 },
    );
  });

  it("never turns a rollback into a promotion, nor a finding into a pass, when the candidate gets worse all over", () => {
    fc.assert(
      fc.property(sides, fc.double({ min: 0, max: 300, noNaN: true }), ({ candidate, baseline }, more) => {
        const verdict = (values: number[]) => judged([metric(values, baseline, { critical: true })]);
        const [before, after] = [verdict(candidate), verdict(candidate.map((value) => value + more))];
        if (before.verdict === "rollback") {
          assert.equal(after.verdict, "rollback");
        }
      }),
      { numRuns: 200 },
    );
  });

  it("passes a candidate that is the baseline itself, or has too few values to say so", () => {
    fc.assert(
      fc.property(sides, worse, fc.constantFrom(1, 1.1), ({ baseline }, direction, maxRatio) => {
        const { result, pValue, effect } = only(baseline, [...baseline], { worse: direction, maxRatio });
        assert.ok(result === "pass" || result === "inconclusive", result);
        assert.equal(pValue, 1);
        assert.ok(Math.abs(effect!) < 1e-9);
      }),
      { numRuns: 100 },
    );
  });

  it("does not mind the order of values that are independent, for what compares all of them", () => {
    fc.assert(
      fc.property(sides, fc.nat(1e6), ({ candidate, baseline }, seed) => {
        const keys = normal(seed, candidate.length);
        const shuffled = candidate.map((_, index) => index).sort((one, other) => keys[one]! - keys[other]!);
        const [one, other] = [
          only(candidate, baseline),
          only(
            shuffled.map((index) => candidate[index]!),
            baseline,
          ),
        ];
        assert.deepEqual([one.pValue, one.effect], [other.pValue, other.effect]);
      }),
      { numRuns: 100 },
    );
  });

  it("is never surer of a finding in all values than the test by itself, dependence and other tests left aside", () => {
    fc.assert(
      fc.property(sides, worse, ({ candidate, baseline }, direction) => {
        const found = only(candidate, baseline, { worse: direction });
        if (canRollBack(found)) {
          assert.ok(found.adjustedPValue! >= found.pValue! * (1 - 1e-9), `${found.adjustedPValue} < ${found.pValue}`);
        }
      }),
      { numRuns: 200 },
    );
  });

  it("never promotes on what it could not measure", () => {
    const broken: Metric[] = [
      metric([], []),
      metric([null, null], [1, 2]),
      metric([1, 2, 3], [1, 2, 3]),
      metric({ events: 2, total: 1 }, { events: 0, total: 1 }),
      metric([1], { events: 0, total: 1 }),
    ];
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom(...broken), { minLength: 1, maxLength: 8 }),
        fc.boolean(),
        (metrics, critical) => {
          const { verdict, score } = judged(metrics.map((each) => ({ ...each, critical })));
          assert.deepEqual([verdict, score], ["hold", 0]);
        },
      ),
    );
  });
});

describe("the estimates of the judge", () => {
  it("find the median of all differences, and the interval's ends, without forming them", () => {
    const values = fc.array(
      fc.oneof(fc.integer({ min: -3, max: 3 }), fc.double({ min: -1e6, max: 1e6, noNaN: true })),
      { minLength: 1, maxLength: 40 },
    );
    fc.assert(
      fc.property(values, values, (candidate, baseline) => {
        const differences = candidate
          .flatMap((own) => baseline.map((other) => own - other))
          .sort((one, other) => one - other);
        const [low, high] = [differences[(differences.length - 1) >> 1]!, differences[differences.length >> 1]!];
        const sorted = (array: number[]) => Float64Array.from(array).sort();
        const { shift, interval } = hodgesLehmann(sorted(candidate), sorted(baseline), 0.2);
        assert.ok(Math.abs(shift - (low + high) / 2) <= 1e-9 * Math.abs(low + high) + 1e-300);
        assert.ok(interval === undefined || interval.every((end) => differences.includes(end)));
      }),
      { numRuns: 300 },
    );
  });

  it("order values of any sign and size, also such as differ in their last bit only", () => {
    const near = fc.nat(200).map((steps) => 100 + steps * 2 ** -46);
    const any = fc.double({ noNaN: true, noDefaultInfinity: true });
    fc.assert(
      fc.property(fc.array(fc.oneof(near, any, fc.integer({ min: -2, max: 2 })), { maxLength: 300 }), (values) => {
        const ordered = order(Float64Array.from(values));
        assert.equal(new Set(ordered).size, values.length);
        for (let place = 1; place < ordered.length; place++) {
          assert.ok(values[ordered[place - 1]!]! <= values[ordered[place]!]!);
        }
      }),
      { numRuns: 300 },
    );
  });

  it("go over from the exact p-value to the approximation without a jump", () => {
    const half = EXACT_UP_TO / 2;
    const deviation = Math.sqrt((half * half * (2 * half + 1)) / 12);
    fc.assert(
      fc.property(fc.nat(1e6), fc.double({ min: 0, max: 1.5, noNaN: true }), (seed, shift) => {
        const { u, pValue } = rankSum(
          sampleOf(Float64Array.from(normal(seed, half, shift, 1))),
          sampleOf(Float64Array.from(normal(seed + 1, half, 0, 1))),
        );
        const approximate = Math.min(1, 2 * normalAbove((Math.abs(u - (half * half) / 2) - 0.5) / deviation));
        assert.ok(Math.abs(pValue - approximate) < 0.005, `${pValue}, ${approximate}`);
      }),
      { numRuns: 100 },
    );
  });
});
