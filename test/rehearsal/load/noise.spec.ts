import assert from "node:assert/strict";
import * as fc from "fast-check";
import { latencyAt, within } from "../../../rehearsal/load/latency";
import { Noise, normalBelow, quantile } from "../../../rehearsal/load/noise";

const DRAWS = 20_000;

function moments(draw: (moment: number) => number): { mean: number; variance: number } {
  const values = Array.from({ length: DRAWS }, (_, moment) => draw(moment));
  const mean = values.reduce((sum, value) => sum + value, 0) / DRAWS;
  return { mean, variance: values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / DRAWS };
}

describe("the chance of a rehearsal", () => {
  it("is the same for the same seed, subject, moment and kind, and another for another", () => {
    const draw = (seed: number, subject: string, moment: number, kind: number) =>
      new Noise(seed, subject).uniform(moment, kind);
    assert.equal(draw(1, "a", 5, 2), draw(1, "a", 5, 2));
    const others = [draw(2, "a", 5, 2), draw(1, "b", 5, 2), draw(1, "a", 6, 2), draw(1, "a", 5, 3)];
    assert.equal(new Set([draw(1, "a", 5, 2), ...others]).size, 5);
  });

  it("is even between 0 and 1, normal with variance 1, and independent from one moment to the next", () => {
    const noise = new Noise(3, "x");
    const uniform = moments((moment) => noise.uniform(moment, 0));
    assert.ok(Math.abs(uniform.mean - 0.5) < 0.01 && Math.abs(uniform.variance - 1 / 12) < 0.003);
    const normal = moments((moment) => noise.normal(moment, 1));
    assert.ok(Math.abs(normal.mean) < 0.03 && Math.abs(normal.variance - 1) < 0.04);
    const product = moments((moment) => noise.normal(moment, 1) * noise.normal(moment + 1, 1));
    assert.ok(Math.abs(product.mean) < 0.03);
  });

  it("counts as events that come by themselves: the variance of a count is its mean", () => {
    const noise = new Noise(4, "x");
    for (const mean of [0.02, 3, 29, 31, 4_000]) {
      const counted = moments((moment) => noise.count(mean, moment, 0));
      assert.ok(Math.abs(counted.mean / mean - 1) < 0.2 / Math.sqrt(Math.min(mean, 1)), `mean of ${mean}`);
      assert.ok(Math.abs(counted.variance / mean - 1) < 0.25, `variance of ${mean}`);
    }
    assert.equal(noise.count(0, 1, 0), 0);
  });

  it("takes part of a total without a bias, however few there are", () => {
    const noise = new Noise(6, "x");
    for (const [total, probability] of [
      [1, 0.72],
      [3, 0.05],
      [200, 0.97],
      [5_000, 0.001],
      [5_000, 0.4],
    ] as const) {
      const { mean, variance } = moments((moment) => noise.part(total, probability, moment, 0));
      const expected = total * probability * (1 - probability);
      assert.ok(
        Math.abs(mean - total * probability) < 4 * Math.sqrt(expected / DRAWS),
        `mean of ${total} x ${probability}`,
      );
      assert.ok(Math.abs(variance / expected - 1) < 0.1, `variance of ${total} x ${probability}`);
    }
    assert.deepEqual([noise.part(9, 0, 1, 0), noise.part(9, 1, 1, 0), noise.part(0, 0.5, 1, 0)], [0, 9, 0]);
  });

  it("never counts less where more is to be expected", () => {
    const noise = new Noise(5, "x");
    fc.assert(
      fc.property(
        fc.double({ min: 0, max: 28, noNaN: true }),
        fc.double({ min: 0, max: 2, noNaN: true }),
        fc.nat(),
        (mean, more, moment) => {
          assert.ok(noise.count(mean + more, moment, 0) >= noise.count(mean, moment, 0));
        },
      ),
    );
  });
});

describe("the distribution of latency", () => {
  it("has quantiles that are the inverse of its distribution function, with a tail and without", () => {
    fc.assert(
      fc.property(fc.double({ min: 0.01, max: 0.99, noNaN: true }), fc.constantFrom(0, 0.01, 0.1), (part, tail) => {
        const latency = { median: 0.2, spread: 0.7, tail };
        assert.ok(Math.abs(within(latency, latencyAt(latency, part)) - part) < 1e-4);
      }),
    );
    assert.ok(Math.abs(quantile(0.975) - 1.959964) < 1e-5 && Math.abs(normalBelow(1.959964) - 0.975) < 1e-6);
  });

  it("has a tail of 1 % that doubles the 99th percentile and hardly moves the 95th", () => {
    const latency = (tail: number) => ({ median: 0.16, spread: 0.75, tail });
    assert.ok(latencyAt(latency(0.01), 0.95) / latencyAt(latency(0), 0.95) < 1.1);
    assert.ok(latencyAt(latency(0.01), 0.99) / latencyAt(latency(0), 0.99) > 1.5);
  });
});
