import assert from "node:assert/strict";
import fc from "fast-check";
import { failoverSeconds } from "../../../components/cloudflare/failover";

const timing = fc.record({
  intervalSeconds: fc.integer({ min: 5, max: 60 }),
  failures: fc.integer({ min: 1, max: 10 }),
  timeoutSeconds: fc.integer({ min: 1, max: 5 }),
  retries: fc.integer({ min: 0, max: 5 }),
  propagationSeconds: fc.integer({ min: 0, max: 60 }),
});

describe("the time in which routing leaves a dead region", () => {
  it("is 50 seconds with checks each 10 seconds and 3 failures", () => {
    const plan = { intervalSeconds: 10, failures: 3, timeoutSeconds: 5, retries: 0, propagationSeconds: 15 };
    assert.equal(failoverSeconds(plan), 50);
  });

  it("covers a region that fails at any moment between two checks", () => {
    fc.assert(
      fc.property(timing, fc.double({ min: 0, max: 1, noNaN: true }), (plan, moment) => {
        const fails = moment * plan.intervalSeconds;
        // Checks start at 0, one interval, two intervals...; one that starts before the region fails passes.
        const first = Math.floor(fails / plan.intervalSeconds) + 1;
        const last = (first + plan.failures - 1) * plan.intervalSeconds;
        const verdict = last + plan.timeoutSeconds * (plan.retries + 1) + plan.propagationSeconds;
        assert.ok(verdict - fails <= failoverSeconds(plan) + 1e-9);
      }),
    );
  });

  it("grows with each of its parts", () => {
    fc.assert(
      fc.property(
        timing,
        fc.constantFrom("intervalSeconds", "failures", "timeoutSeconds", "retries", "propagationSeconds"),
        (plan, part) => {
          assert.ok(failoverSeconds({ ...plan, [part]: plan[part] + 1 }) > failoverSeconds(plan));
        },
      ),
    );
  });
});
