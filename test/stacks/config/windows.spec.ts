import assert from "node:assert/strict";
import fc from "fast-check";
import { dailyIntervals, overlap, weeklyInterval, withLead, type Interval } from "../../../stacks/config/windows";

const WEEK = 7 * 24 * 60;
const interval = fc.record({
  start: fc.integer({ min: 0, max: WEEK - 1 }),
  minutes: fc.integer({ min: 1, max: WEEK }),
});
/** The minutes of an interval, one by one. */
const minutes = ({ start, minutes: length }: Interval) =>
  new Set(Array.from({ length }, (_, index) => (start + index) % WEEK));

describe("windows of the week", () => {
  it("overlap exactly when they share a minute", () => {
    fc.assert(
      fc.property(interval, interval, (a, b) => {
        const others = minutes(b);
        assert.equal(
          overlap(a, b),
          [...minutes(a)].some((minute) => others.has(minute)),
        );
      }),
      { numRuns: 60 },
    );
  });

  it("overlap the same whichever is named first", () => {
    fc.assert(fc.property(interval, interval, (a, b) => assert.equal(overlap(a, b), overlap(b, a))));
  });

  it("may run past midnight and past the week's end", () => {
    assert.deepEqual(dailyIntervals("23:30-00:30")[6], { start: 6 * 1440 + 1410, minutes: 60 });
    assert.deepEqual(weeklyInterval("sun:23:00-mon:01:00"), { start: 6 * 1440 + 1380, minutes: 120 });
    assert.ok(overlap(weeklyInterval("sun:23:00-mon:01:00"), weeklyInterval("mon:00:30-mon:02:00")));
  });

  it("do not overlap where they only touch", () => {
    assert.ok(!overlap(weeklyInterval("sun:03:00-sun:04:00"), weeklyInterval("sun:04:00-sun:05:00")));
  });

  it("begin earlier with a lead, and never last longer than the week", () => {
    assert.deepEqual(withLead({ start: 30, minutes: 60 }, 60), { start: WEEK - 30, minutes: 120 });
    assert.equal(withLead({ start: 0, minutes: WEEK }, 60).minutes, WEEK);
  });
});
