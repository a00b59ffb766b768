import assert from "node:assert/strict";
import { autoregressive, cautious, dependence, seriesInflation } from "../../../rollout/judge/dependence";
import { midranks } from "../../../rollout/judge/rankSum";
import { sampleOf, samplesOf } from "../../../rollout/judge/samples";
import { autocorrelated, Chance } from "../../../scripts/judge/series";

const LENGTH = 400;
const series = (seed: number, correlation: number) =>
  autocorrelated(new Chance(seed, `dependence ${correlation}`), LENGTH, correlation);

/** How much less two series are worth than as many independent values. */
function inflation(candidate: readonly number[], baseline: readonly number[]): number {
  const { ranks } = midranks(sampleOf(Float64Array.from([...candidate, ...baseline])));
  const { pairs } = samplesOf(candidate, baseline);
  return dependence(ranks.subarray(0, candidate.length), ranks.subarray(candidate.length), pairs).inflation;
}

describe("the dependence between values", () => {
  it("is hardly more than none for independent ones, and three times for an autocorrelation of 0.5", () => {
    const independent = inflation(series(1, 0), series(2, 0));
    assert.ok(independent >= 1 && independent < 1.7, `${independent}`);
    const dependent = inflation(series(1, 0.5), series(2, 0.5));
    assert.ok(dependent > 2.5 && dependent < 5.5, `${dependent}`);
  });

  it("is looked for in each sample by itself where they do not share their intervals", () => {
    const dependent = inflation(series(1, 0.5), series(2, 0.5).slice(50));
    assert.ok(dependent > 2.5 && dependent < 5.5, `${dependent}`);
  });

  it("leaves out what both colors share, as the day", () => {
    const day = (values: number[]) => values.map((value, index) => value + 5 * Math.sin(index / 40));
    assert.ok(inflation(day(series(1, 0)), day(series(2, 0))) < 1.7);
    assert.ok(inflation(day(series(1, 0)), day(series(2, 0)).slice(1)) > 20);
  });

  it("counts what one color wins and the other loses twice", () => {
    const candidate = series(1, 0);
    const lost = candidate.map((value) => -value);
    assert.ok(inflation(candidate, lost) > 1.8);
  });

  it("sees a slow wave under noise, which an AR(1) fit alone does not", () => {
    const [wave, noise] = [series(1, 0.97), series(2, 0)];
    const values = Float64Array.from(wave, (value, index) => 0.6 * value + noise[index]!);
    const mean = values.reduce((sum, value) => sum + value, 0) / LENGTH;
    const centered = values.map((value) => value - mean);
    const power = centered.reduce((sum, value) => sum + value ** 2, 0);
    const first = centered.reduce((sum, value, index) => sum + value * (centered[index - 1] ?? 0), 0) / power;
    const fit = autoregressive(cautious(first, LENGTH, LENGTH), LENGTH);
    assert.ok(seriesInflation([centered]) > 2 * fit, `${seriesInflation([centered])}, ${fit}`);
  });

  it("is never more than the number of values, and never less than 1", () => {
    const alternating = seriesInflation([Float64Array.of(-1, 1, -1, 1, -1, 1, -1, 1, -1, 1)]);
    assert.ok(alternating >= 1 && alternating < 1.2);
    const rising = Float64Array.from({ length: 10 }, (_, index) => index - 4.5);
    assert.ok(seriesInflation([rising]) > 3 && seriesInflation([rising]) <= 10);
    assert.ok(seriesInflation([new Float64Array(10)]) >= 1);
  });
});
