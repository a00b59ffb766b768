import assert from "node:assert/strict";
import {
  binomialAtLeast,
  hypergeometricAtLeast,
  normalAbove,
  normalReached,
  studentAbove,
  studentReached,
} from "../../../rollout/judge/distributions";
import { hodgesLehmann } from "../../../rollout/judge/hodgesLehmann";
import { holm } from "../../../rollout/judge/holm";
import { aboveLimit, differenceInterval, proportionTest, ratioScore } from "../../../rollout/judge/proportion";
import { rankSum } from "../../../rollout/judge/rankSum";
import { sampleOf } from "../../../rollout/judge/samples";
import reference from "./fixtures/reference.json";

/** Agrees to ten digits, unless it says how many, near 0 as well. */
function close(actual: number | undefined, expected: number, what?: string, digits = 10): void {
  const difference = Math.abs(actual! - expected);
  assert.ok(difference <= 10 ** -digits * Math.abs(expected) + 1e-300, `${what}: ${actual}, not ${expected}`);
}

describe("the statistics of the judge, held against SciPy and statsmodels", () => {
  for (const { name, candidate, baseline, u, pValue, shift, interval } of reference.rankSums) {
    it(`tests by ranks, and estimates the shift: ${name}`, () => {
      const [own, other] = [candidate, baseline].map((values) => sampleOf(Float64Array.from(values)));
      const test = rankSum(own!, other!);
      assert.equal(test.u, u);
      close(test.pValue, pValue, "p-value");
      const estimate = hodgesLehmann(own!.sorted, other!.sorted, 0.05);
      assert.equal(estimate.shift, shift);
      assert.deepEqual(estimate.interval ?? null, interval);
    });
  }

  it("has no interval of the shift where the samples are too few for its level", () => {
    assert.equal(hodgesLehmann(Float64Array.of(1, 2, 3), Float64Array.of(4, 5, 6), 0.01).interval, undefined);
  });

  it("widens the interval of the shift as the variance is inflated", () => {
    const { candidate, baseline } = reference.rankSums.at(-2)!;
    const width = (inflation: number) => {
      const [own, other] = [candidate, baseline].map((values) => Float64Array.from(values).sort());
      const [low, high] = hodgesLehmann(own!, other!, 0.05, inflation).interval!;
      return high - low;
    };
    assert.ok(Math.abs(width(4) / width(1) - 2) < 0.3);
  });

  for (const { candidate, baseline, limit, fisher, score, interval, binomial } of reference.proportions) {
    it(`compares ${candidate.events} of ${candidate.total} with ${baseline.events} of ${baseline.total}`, () => {
      close(proportionTest(candidate, baseline), fisher, "Fisher");
      // Their optimization stops at about ten digits.
      assert.ok(Math.abs(ratioScore(candidate, baseline, limit) - score) < 1e-7, `score ${score}`);
      differenceInterval(candidate, baseline, 0.05).forEach((end, index) => close(end, interval[index]!, "interval"));
      const few = candidate.events < 50;
      close(aboveLimit(candidate, baseline, limit), few ? binomial : normalAbove(score), "above the limit");
    });
  }

  it("leaves the exact test of proportions where its approximation is as good", () => {
    const [candidate, baseline] = [
      { events: 10_100, total: 1e6 },
      { events: 9_990, total: 1e6 },
    ];
    const exact = proportionTest({ events: 5_050, total: 5e5 }, { events: 4_900, total: 5e5 });
    const near = 2 * normalAbove(ratioScore({ events: 5_050, total: 5e5 }, { events: 4_900, total: 5e5 }, 1));
    assert.ok(Math.abs(exact - near) < 0.005);
    close(proportionTest(candidate, baseline), 2 * normalAbove(ratioScore(candidate, baseline, 1)));
  });

  it("corrects for many tests as Holm did", () => {
    holm(reference.holm.pValues).forEach((value, index) => close(value, reference.holm.adjusted[index]!));
  });

  it("has SciPy's distributions", () => {
    const { normal, normalQuantile, student, studentQuantile, hypergeometric } = reference.distributions;
    normal.forEach(([z, p]) => close(normalAbove(z!), p!, `normal above ${z}`));
    normalQuantile.forEach(([p, z]) => close(normalReached(p!), z!, `normal quantile of ${p}`));
    student.forEach(([t, degrees, p]) => close(studentAbove(t!, degrees!), p!, `t above ${t} (${degrees})`));
    studentQuantile.forEach(([p, degrees, t]) =>
      close(studentReached(p!, degrees!), t!, `t quantile of ${p} (${degrees})`),
    );
    hypergeometric.forEach(([count, marked, others, drawn, p]) =>
      close(hypergeometricAtLeast(count!, marked!, others!, drawn!), p!, `hypergeometric from ${count}`),
    );
    close(binomialAtLeast(0, 5, 0.2), 1);
    close(binomialAtLeast(5, 5, 0.2), 0.2 ** 5);
  });
});
