import assert from "node:assert/strict";
import fc from "fast-check";
import { closedBecause } from "../../../rollout/core/window";
import { DAYS, type WindowConfig } from "../../../stacks/config/rollout/timing";
import { planned } from "../support/plans";
import { BEGIN, Story } from "../support/story";

const WINDOW: WindowConfig = {
  zone: "Europe/London",
  from: "09:00",
  to: "17:00",
  days: [...DAYS],
  blackouts: [],
  atEnd: "hold",
};
const isOpen = (iso: string, window: Partial<WindowConfig> = {}) =>
  closedBecause({ ...WINDOW, ...window }, Date.parse(iso)) === undefined;

describe("a window", () => {
  it("is open from its first minute to the one before its last", () => {
    // A winter's day in London: UTC.
    assert.equal(isOpen("2027-01-12T08:59:59Z"), false);
    assert.equal(isOpen("2027-01-12T09:00:00Z"), true);
    assert.equal(isOpen("2027-01-12T16:59:59Z"), true);
    assert.equal(isOpen("2027-01-12T17:00:00Z"), false);
  });

  it("follows the clocks of its zone when they change", () => {
    // London's clocks go forward on 2027-03-28 and back on 2027-10-31.
    assert.equal(isOpen("2027-03-27T08:30:00Z"), false);
    assert.equal(isOpen("2027-03-28T08:30:00Z"), true);
    assert.equal(isOpen("2027-10-30T16:30:00Z"), false);
    assert.equal(isOpen("2027-10-31T16:30:00Z"), true);
  });

  it("that opens in the hour which is skipped opens with the next that there is", () => {
    // New York goes from 02:00 to 03:00 on 2027-03-14, at 07:00 UTC.
    const night = { zone: "America/New_York", from: "02:10", to: "04:00" };
    assert.equal(isOpen("2027-03-14T06:59:00Z", night), false);
    assert.equal(isOpen("2027-03-14T07:00:00Z", night), true);
    assert.equal(isOpen("2027-03-14T07:59:00Z", night), true);
    assert.equal(isOpen("2027-03-14T08:00:00Z", night), false);
  });

  it("is open in both of the hours that are there twice", () => {
    // New York goes from 02:00 back to 01:00 on 2027-11-07, at 06:00 UTC.
    const night = { zone: "America/New_York", from: "01:00", to: "02:00" };
    assert.equal(isOpen("2027-11-07T04:59:00Z", night), false);
    assert.equal(isOpen("2027-11-07T05:30:00Z", night), true);
    assert.equal(isOpen("2027-11-07T06:30:00Z", night), true);
    assert.equal(isOpen("2027-11-07T07:00:00Z", night), false);
  });

  it("that goes over midnight belongs to the day on which it opens", () => {
    // 2027-01-15 is a Friday.
    const night = { zone: "UTC", from: "22:00", to: "02:00", days: ["fri" as const] };
    assert.equal(isOpen("2027-01-15T01:00:00Z", night), false);
    assert.equal(isOpen("2027-01-15T21:59:00Z", night), false);
    assert.equal(isOpen("2027-01-15T22:00:00Z", night), true);
    assert.equal(isOpen("2027-01-16T01:59:00Z", night), true);
    assert.equal(isOpen("2027-01-16T02:00:00Z", night), false);
    assert.equal(isOpen("2027-01-16T22:30:00Z", night), false);
  });

  it("that opens and closes at the same time is open all day", () => {
    const day = { zone: "UTC", from: "09:00", to: "09:00", days: ["tue" as const] };
    assert.equal(isOpen("2027-01-12T08:59:00Z", day), false);
    assert.equal(isOpen("2027-01-12T09:00:00Z", day), true);
    assert.equal(isOpen("2027-01-13T08:59:00Z", day), true);
    assert.equal(isOpen("2027-01-13T09:00:00Z", day), false);
  });

  it("is closed on other days, by the calendar of its zone", () => {
    const days = { zone: "Pacific/Auckland", days: ["wed" as const] };
    // Tuesday evening in London is Wednesday morning in Auckland.
    assert.equal(isOpen("2027-01-12T21:00:00Z", days), true);
    assert.equal(isOpen("2027-01-13T21:00:00Z", days), false);
  });

  it("is closed in a blackout, first and last day included, by the calendar of its zone", () => {
    const exams = { blackouts: [{ from: "2027-06-01", to: "2027-06-02", why: "exams" }] };
    assert.equal(isOpen("2027-05-31T12:00:00Z", exams), true);
    assert.equal(isOpen("2027-06-01T12:00:00Z", exams), false);
    assert.equal(isOpen("2027-06-02T12:00:00Z", exams), false);
    assert.equal(isOpen("2027-06-03T12:00:00Z", exams), true);
    assert.match(
      closedBecause({ ...WINDOW, ...exams }, Date.parse("2027-06-01T12:00:00Z"))!,
      /nothing is shifted from 2027-06-01 to 2027-06-02: exams/,
    );
  });

  it("and its complement on the same days are never both open, nor both closed", () => {
    const time = fc
      .tuple(fc.integer({ min: 0, max: 23 }), fc.integer({ min: 0, max: 59 }))
      .map(([hour, minute]) => `${String(hour).padStart(2, "0")}:${String(minute).padStart(2, "0")}`);
    const zones = fc.constantFrom("UTC", "Europe/London", "America/New_York", "Asia/Kolkata", "Australia/Lord_Howe");
    const moments = fc.integer({ min: Date.UTC(2026, 0), max: Date.UTC(2028, 0) });
    fc.assert(
      fc.property(time, time, zones, moments, (from, to, zone, at) => {
        fc.pre(from !== to);
        const open = (window: Partial<WindowConfig>) => closedBecause({ ...WINDOW, zone, ...window }, at) === undefined;
        assert.notEqual(open({ from, to }), open({ from: to, to: from }));
      }),
      { numRuns: 300 },
    );
  });
});

describe("a rollout that is bound to a window", () => {
  const steps = [{ share: 10, soak: "20m" }, { share: 50, soak: "20m" }, { share: 100 }];
  const told = (window: object = {}) =>
    new Story(planned({ steps, window: { zone: "UTC", from: "15:00", to: "15:30", ...window } }));

  it("does not begin before it opens", () => {
    const story = told({ from: "16:00", to: "17:00" });
    assert.match(story.settle()!, /the window is 16:00 to 17:00/);
    assert.deepEqual(story.state.attempts.size, 0);
    story.tick(119);
    assert.equal(story.state.attempts.size, 0);
    story.tick();
    assert.equal(story.stage, "shift-10");
  });

  it("holds at its end while it is shifting, by default", () => {
    const story = told();
    story.settle();
    story.tick(59);
    assert.equal(story.state.hold, undefined);
    assert.equal(story.stage, "shift-50");
    story.tick();
    assert.match(story.state.hold!.reason, /it was still shifting when the window closed/);
    story.tick(1000);
    assert.equal(story.state.shares["us-east-1"], 50);
  });

  for (const [how, kinds] of [
    ["let it", ["resume"]],
    ["let it, although they held, too", ["hold", "resume"]],
    ["promote instead", ["promote"]],
  ] as const) {
    it(`goes on past its end when people ${how}, and holds for it no more`, () => {
      const story = told();
      story.settle();
      story.tick(60);
      assert.notEqual(story.state.hold, undefined);
      kinds.forEach((kind) => story.ask({ kind, by: "bob@example.org", reason: "it is quiet" }));
      story.tick(200);
      assert.equal(story.state.outcome?.outcome, "promoted");
    });
  }

  it("holds at its end when what people resumed had nothing to do with it", () => {
    const story = told();
    story.settle();
    story.ask({ kind: "hold", by: "bob@example.org", reason: "lunch" });
    story.tick(60);
    story.ask({ kind: "resume", by: "bob@example.org", reason: "it was good" });
    story.settle();
    assert.match(story.state.hold!.reason, /it was still shifting when the window closed/);
  });

  it("takes everybody back at its end where that is its action", () => {
    const story = told({ atEnd: "rollback" });
    story.settle();
    story.tick(60);
    assert.equal(story.state.outcome?.outcome, "rolled-back");
  });

  it("takes everybody back at its end although people hold", () => {
    const story = told({ atEnd: "rollback" });
    story.settle();
    story.ask({ kind: "hold", by: "bob@example.org", reason: "lunch" });
    story.tick(60);
    assert.equal(story.state.outcome?.outcome, "rolled-back");
  });

  it("goes on at its end where that is its action, and only a new rollout waits", () => {
    const story = told({ atEnd: "finish" });
    story.settle();
    story.tick(300);
    assert.equal(story.state.outcome?.outcome, "promoted");
  });

  it("goes on watching, validating and retiring after it, once the last shift has passed", () => {
    const story = new Story(
      planned({ steps: [{ share: 100 }], window: { zone: "UTC", from: "15:00", to: "15:01", atEnd: "rollback" } }),
    );
    story.settle();
    assert.equal(story.stage, "validate");
    story.tick(200);
    assert.equal(story.state.outcome?.outcome, "promoted");
  });

  it("rolls back outside of it as inside", () => {
    const story = told();
    story.settle();
    story.tick(60);
    story.says("error-rate", 6);
    story.tick(3);
    assert.equal(story.state.outcome?.outcome, "rolled-back");
    assert.ok(story.now > BEGIN);
  });
});
