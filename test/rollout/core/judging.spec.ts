import assert from "node:assert/strict";
import fc from "fast-check";
import { judge, Readings } from "../../../rollout/core/counters";
import type { Reading, Silence } from "../../../rollout/core/sample";
import { parseCondition } from "../../../stacks/config/rollout/condition";

const at = 0;
const reading = (rest: Partial<Reading>): Reading => ({
  metric: "error-rate",
  color: "green",
  scope: "eu-west-1",
  ...rest,
});
const says = (text: string, ...readings: Reading[]) =>
  judge(new Readings({ at, readings }), parseCondition(text), "green", "blue", "eu-west-1");

describe("what one sample says about a condition", () => {
  const figures: [string, number, number, number][] = [
    // Condition, just below, at the limit, just above: which of them meet it is in the name.
    ["error-rate > 5", 4.999, 5, 5.001],
    ["error-rate >= 5", 4.999, 5, 5.001],
    ["error-rate < 5", 4.999, 5, 5.001],
    ["error-rate <= 5", 4.999, 5, 5.001],
  ];
  const expected = ["unmet unmet met", "unmet met met", "met unmet unmet", "met met unmet"];
  figures.forEach(([text, ...values], index) => {
    it(`of ${text}: just below, at and just above the limit it is ${expected[index]}`, () => {
      assert.equal(values.map((value) => says(text, reading({ value })).result).join(" "), expected[index]);
    });
  });

  const silent: [string, Reading[], string][] = [
    ["empty", [reading({ silence: "empty" })], "silent"],
    ["no value at all", [reading({})], "silent"],
    ["no reading", [], "silent"],
    ["NaN", [reading({ value: NaN })], "silent"],
    ["infinity", [reading({ value: Infinity })], "silent"],
    ["minus infinity", [reading({ value: -Infinity })], "silent"],
    ["stale, whatever value comes with it", [reading({ value: 0, silence: "stale" })], "silent"],
    ["too few requests, whatever value comes with them", [reading({ value: 0, silence: "few", requests: 3 })], "few"],
    ["an error", [reading({ silence: "error", error: "time-out" })], "error"],
    ["another region's value", [reading({ value: 0, scope: "us-east-1" })], "silent"],
    ["the other color's value", [reading({ value: 0, color: "blue" })], "silent"],
    ["another metric's value", [reading({ value: 0, metric: "latency" })], "silent"],
  ];
  for (const [what, readings, result] of silent) {
    it(`is neither met nor unmet with ${what}`, () => {
      assert.equal(says("error-rate < 5", ...readings).result, result);
      assert.equal(says("error-rate > 5", ...readings).result, result);
    });
  }

  describe("beside a baseline", () => {
    const text = "error-rate >= baseline * 0.98";
    const both = (green: number, blue: number) =>
      says(text, reading({ value: green }), reading({ value: blue, color: "blue" }));

    it("is not worse by more than the margin, and equal is not worse", () => {
      assert.equal(both(100, 100).result, "met");
      assert.equal(both(98, 100).result, "met");
      assert.equal(both(97.99, 100).result, "unmet");
      assert.equal(both(98, 100).limit, 98);
    });

    it("is compared with the active color in the same scope", () => {
      const elsewhere = reading({ value: 1, color: "blue", scope: "total" });
      assert.equal(says(text, reading({ value: 100 }), elsewhere).result, "silent");
    });

    const baselines: [string, Reading[], string][] = [
      ["none", [], "silent"],
      ["NaN", [reading({ color: "blue", value: NaN })], "silent"],
      ["stale", [reading({ color: "blue", value: 1, silence: "stale" })], "silent"],
      ["of too few requests", [reading({ color: "blue", silence: "few" })], "few"],
      ["an error", [reading({ color: "blue", silence: "error" })], "error"],
    ];
    for (const [what, readings, result] of baselines) {
      it(`says nothing when the baseline is ${what}`, () => {
        assert.equal(says(text, reading({ value: 100 }), ...readings).result, result);
      });
    }
  });

  it("is never met nor unmet without a finite number that its reading vouches for", () => {
    const silences = fc.constantFrom<Silence>("empty", "nan", "stale", "few", "error");
    const value = fc.oneof(fc.double(), fc.constantFrom(NaN, Infinity, -Infinity));
    fc.assert(
      fc.property(
        fc.option(value, { nil: undefined }),
        fc.option(silences, { nil: undefined }),
        fc.constantFrom("<", "<=", ">", ">="),
        (number, silence, comparison) => {
          const given = {
            ...(number === undefined ? {} : { value: number }),
            ...(silence === undefined ? {} : { silence }),
          };
          const { result } = says(`error-rate ${comparison} 5`, reading(given));
          const usable = silence === undefined && number !== undefined && Number.isFinite(number);
          assert.equal(result === "met" || result === "unmet", usable);
        },
      ),
    );
  });
});
