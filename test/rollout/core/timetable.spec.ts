import assert from "node:assert/strict";
import { minutesIn, minutesSinceOpening } from "../../../rollout/core/window";
import { DAYS } from "../../../stacks/config/rollout/timing";
import { planned } from "../support/plans";
import { BEGIN, Story } from "../support/story";

/** The story begins on Tuesday at 15:00 UTC, ten in the morning in New York. */
const WINDOW = { zone: "America/New_York", from: "09:30", to: "12:30", atEnd: "rollback" as const };
const STEPS = [{ share: 5, soak: "10m", gates: ["latency < 1"] }, { share: 100 }];
const told = (timetable: Record<string, string>, plan: object = {}) =>
  new Story(planned({ window: WINDOW, timetable, steps: STEPS, ...plan }));
const warnings = (story: Story) => story.decisions.flatMap((each) => (each.kind === "warn" ? [each.reason] : []));
const minutes = (story: Story) => (story.now - BEGIN) / 60_000;

describe("a timetable", () => {
  it("lets no stage begin before its time, and lets it begin on time", () => {
    const story = told({ deploy: "10:15" });
    assert.match(story.settle()!, /deploy is planned for 10:15/);
    story.tick(29);
    assert.equal(story.stage, "deploy");
    story.tick();
    assert.notEqual(story.stage, "deploy");
    assert.equal(minutes(story), 15);
    assert.deepEqual(warnings(story), []);
  });

  it("tells people of a stage that is a minute late, once, and goes on", () => {
    const story = told({ deploy: "10:00", "shift-100": "10:05" });
    story.tick(11);
    assert.deepEqual(warnings(story), []);
    story.tick();
    assert.deepEqual(warnings(story), ["late: shift-100, planned for 10:05, is not begun"]);
    story.tick(9);
    assert.equal(story.stage, "validate");
    assert.deepEqual(story.state.warnings.length, 1);
  });

  it("tells of all that are late at once, where it begins behind its time", () => {
    const story = told({ deploy: "09:40", smoke: "09:50" });
    story.settle();
    assert.deepEqual(warnings(story), ["late: deploy, planned for 09:40; smoke, planned for 09:50, is not begun"]);
    story.tick(5);
    assert.equal(warnings(story).length, 1);
  });

  it("tells of it also while it holds", () => {
    const story = told({ "shift-100": "10:12" }).to("shift-5");
    story.ask({ kind: "hold", by: "bob@example.org", reason: "to look" });
    story.tick(40);
    assert.deepEqual(warnings(story), ["late: shift-100, planned for 10:12, is not begun"]);
  });

  it("waits for nobody who resumes after the window has closed", () => {
    const story = told({ "shift-100": "12:20" }, { window: { ...WINDOW, to: "10:15", atEnd: "hold" } }).to("shift-5");
    story.tick(40);
    assert.match(story.state.hold!.reason, /window closed/);
    story.ask({ kind: "resume", by: "bob@example.org", reason: "we are nearly there" });
    story.tick(25);
    assert.equal(story.stage, "validate");
  });

  it("counts from the opening of a window that goes over midnight", () => {
    const night = { zone: "UTC", from: "22:00", to: "02:00", days: [...DAYS], blackouts: [], atEnd: "hold" as const };
    assert.equal(minutesIn(night, "22:00"), 0);
    assert.equal(minutesIn(night, "01:30"), 210);
    assert.equal(minutesSinceOpening(night, Date.parse("2027-01-12T00:15:00Z")), 135);
    assert.equal(minutesSinceOpening(night, Date.parse("2027-01-12T02:00:00Z")), undefined);
  });
});
