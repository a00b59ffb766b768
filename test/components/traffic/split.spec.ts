import assert from "node:assert/strict";
import fc from "fast-check";
import { inexpressible, weightsFor } from "../../../components/traffic/split";

/** A percentage that an ALB can express: tenths. */
const tenths = fc.integer({ min: 0, max: 1_000 }).map((value) => value / 10);

describe("the split of traffic as ALB weights", () => {
  it("keeps 0 and 100 exact", () => {
    assert.deepEqual(weightsFor("alb-listener-rule", 0), { blue: 100, green: 0 });
    assert.deepEqual(weightsFor("alb-listener-rule", 100), { blue: 0, green: 100 });
  });

  it("writes whole percentages as percentages and tenths as thousandths", () => {
    assert.deepEqual(weightsFor("alb-listener-rule", 37), { blue: 63, green: 37 });
    assert.deepEqual(weightsFor("alb-listener-rule", 0.1), { blue: 999, green: 1 });
  });

  it("stays inside the weights that an ALB takes, and reads back as what was asked", () => {
    fc.assert(
      fc.property(tenths, (percent) => {
        const weights = weightsFor("alb-listener-rule", percent);
        for (const weight of Object.values(weights)) {
          assert.ok(Number.isInteger(weight) && weight >= 0 && weight <= 999, `weight ${weight} of ${percent} %`);
        }
        assert.ok(Math.abs((weights.green * 100) / (weights.blue + weights.green) - percent) < 1e-9);
      }),
    );
  });

  it("fails when a percentage is finer than a tenth, and never rounds it", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 99_999 }), (thousandths) => {
        const percent = thousandths / 1_000;
        fc.pre(thousandths % 100 !== 0);
        assert.throws(() => weightsFor("alb-listener-rule", percent), RangeError);
      }),
    );
    assert.match(inexpressible("alb-listener-rule", 0.05) ?? "", /0\.05 % cannot be routed.*0\.1 %/);
  });

  it("fails for what is nearly a tenth: it would become a weight that no router takes", () => {
    for (const percent of [99.99999999999999, 1e-11, 10 + 1e-12, 0.1 + 0.2]) {
      assert.throws(() => weightsFor("alb-listener-rule", percent), RangeError, String(percent));
    }
  });

  it("fails outside 0 to 100 and for what is no number", () => {
    for (const percent of [-0.1, 100.1, NaN, Infinity]) {
      assert.throws(() => weightsFor("alb-listener-rule", percent), RangeError);
    }
  });
});
