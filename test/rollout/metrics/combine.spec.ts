import assert from "node:assert/strict";
import fc from "fast-check";
import { combined, readingOf, type Part } from "../../../rollout/metrics/combine";
import { answerOf, type Answer } from "../../../rollout/metrics/source";

const KEY = { metric: "error-rate", color: "green", scope: "total" } as const;
const part = (value: number, requests?: number): Part => ({
  answer: answerOf(value),
  ...(requests === undefined ? {} : { requests: answerOf(requests) }),
});
const answers = fc.oneof(
  fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e6, max: 1e6 }).map(answerOf),
  fc.constantFrom<Answer>(
    { silence: "empty" },
    { silence: "stale" },
    { silence: "nan" },
    { silence: "error", error: "x" },
  ),
);

describe("the total of regions", () => {
  it("is a mean that requests weigh: a small broken region counts as its requests do", () => {
    assert.deepEqual(combined("mean", [part(0, 900), part(100, 100)]), { value: 10 });
    assert.deepEqual(combined("mean", [part(0), part(100)]), { value: 50 });
  });

  it("is the largest, or the sum", () => {
    assert.deepEqual(combined("max", [part(1), part(7), part(3)]), { value: 7 });
    assert.deepEqual(combined("sum", [part(1), part(7), part(3)]), { value: 11 });
  });

  it("says nothing where it would be no finite number", () => {
    assert.deepEqual(combined("sum", [part(1e308), part(1e308)]), { silence: "nan" });
  });

  it("leaves a region without requests out of a mean that requests weigh, though its ratio is 0 / 0", () => {
    assert.deepEqual(combined("mean", [part(2, 50), part(NaN, 0)]), { value: 2 });
    assert.deepEqual(combined("mean", [part(NaN, 0)]), { silence: "nan" });
  });

  it("says nothing as soon as one region says nothing, and tells the gravest reason", () => {
    const empty = { answer: { silence: "empty" as const } };
    const error = { answer: { silence: "error" as const, error: "prometheus: no answer" } };
    for (const rule of ["mean", "max", "sum"] as const) {
      assert.deepEqual(combined(rule, [part(1), empty]), { silence: "empty" });
      assert.deepEqual(combined(rule, [empty, part(1), error]), error.answer);
    }
    assert.deepEqual(combined("mean", [part(1, 5), { answer: answerOf(1), requests: { silence: "stale" } }]), {
      silence: "stale",
    });
  });

  it("is a value exactly where every region has one, and lies within them where it is a mean", () => {
    fc.assert(
      fc.property(
        fc.array(answers, { minLength: 1, maxLength: 6 }),
        fc.constantFrom("mean", "max", "sum"),
        (all, rule) => {
          const total = combined(
            rule,
            all.map((answer) => ({ answer })),
          );
          const values = all.map(({ value }) => value);
          assert.equal(
            total.value !== undefined,
            values.every((value) => value !== undefined),
          );
          assert.equal(total.silence === undefined, total.value !== undefined);
          if (total.value !== undefined && rule !== "sum") {
            assert.ok(total.value >= Math.min(...(values as number[])) - 1e-6);
            assert.ok(total.value <= Math.max(...(values as number[])) + 1e-6);
          }
        },
      ),
    );
  });
});

describe("a reading", () => {
  it("says nothing below the least requests, and speaks at exactly so many", () => {
    assert.deepEqual(readingOf(KEY, { value: 3 }, { value: 19.99 }, 20), { ...KEY, requests: 19.99, silence: "few" });
    assert.deepEqual(readingOf(KEY, { value: 3 }, { value: 20 }, 20), { ...KEY, requests: 20, value: 3 });
  });

  it("calls no requests at all few, not NaN: time may mend it", () => {
    assert.deepEqual(readingOf(KEY, { silence: "nan" }, { value: 0 }, 20), { ...KEY, requests: 0, silence: "few" });
  });

  it("says nothing when nobody knows how many requests there were", () => {
    assert.deepEqual(readingOf(KEY, { value: 3 }, { silence: "empty" }, 20), { ...KEY, silence: "empty" });
    assert.deepEqual(readingOf(KEY, { value: 3 }, { silence: "empty" }, undefined), { ...KEY, value: 3 });
  });

  it("has a value or a silence, never both and never neither", () => {
    fc.assert(
      fc.property(
        answers,
        fc.option(answers, { nil: undefined }),
        fc.option(fc.nat(), { nil: undefined }),
        (answer, requests, least) => {
          const { value, silence } = readingOf(KEY, answer, requests, least);
          assert.notEqual(value === undefined, silence === undefined);
        },
      ),
    );
  });
});
