import assert from "node:assert/strict";
import { questionOf } from "../../../rollout/core/rollBack";
import { isSuspended, pageIsOn } from "../../../rollout/core/state";
import { METRICS, planned } from "../support/plans";
import { Story } from "../support/story";

const APPROVERS = { dba: ["grace@example.org"], owner: ["grace@example.org"] };
const REVERT = { approvals: ["dba"], within: "2h" };
const told = (plan: object = {}, config: object = {}) =>
  new Story(
    planned(
      {
        maintenance: { syntheticPerMinute: 600 },
        steps: [{ share: 5, soak: "5m", gates: ["latency < 1"] }, { share: 100 }],
        triggers: ["errors", "few-sessions"],
        ...plan,
      },
      {
        databaseChange: true,
        databaseRevert: REVERT,
        approvers: APPROVERS,
        metrics: { ...METRICS, sessions: { source: "prometheus", query: "sessions", users: true } },
        triggers: {
          errors: { when: "error-rate > 5", for: "1m" },
          "few-sessions": { when: "sessions < 10", for: "1m" },
        },
        ...config,
      },
    ),
  );
const fine = (story: Story) => {
  story.metric = (metric) => (metric === "sessions" ? 100 : 0.1);
  return story;
};
const undone = (story: Story) =>
  story.records.flatMap((record) =>
    record.type === "effect-done" && record.effect.kind === "rollback"
      ? [
          record.effect.patch === undefined
            ? "routers"
            : Object.keys(story.plan.rollback[record.effect.patch]!.patch).join(),
        ]
      : [],
  );

describe("the maintenance page", () => {
  it("is on from the migration to the end of the validation", () => {
    const story = fine(told());
    story.reach("maintenance-on");
    assert.equal(pageIsOn(story.state), false);
    story.reach("database-migrate");
    assert.equal(pageIsOn(story.state), true);
    story.reach("maintenance-off");
    assert.equal(pageIsOn(story.state), true);
    story.reach("activate");
    assert.equal(pageIsOn(story.state), false);
  });

  it("suspends triggers on what users do, and no others; they are judged once it is open again", () => {
    const story = told().to("shift-5");
    assert.deepEqual(
      story.plan.triggers.filter((each) => isSuspended(story.state, each)).map(({ name }) => name),
      ["few-sessions"],
    );
    story.tick(4);
    assert.equal(story.stage, "shift-5");
    story.says("error-rate", 9);
    story.tick(3);
    assert.match(String((story.decision as { reason?: string }).reason), /trigger errors/);

    const other = told().to("validate");
    while (other.stage !== "watch") {
      other.tick();
    }
    other.tick(3);
    assert.match(String((other.decision as { reason?: string }).reason), /trigger few-sessions/);
  });

  it("does not keep a stage that only triggers watch from being covered", () => {
    const story = fine(told({ steps: [{ share: 5, soak: "5m" }, { share: 100 }] })).to("shift-5");
    story.tick(10);
    assert.equal(story.stage, "validate");
  });

  it("goes off right after the routers are back, where the active color can run on the changed database", () => {
    const story = fine(told()).to("shift-5");
    story.ask({ kind: "abort", by: "bob@example.org", reason: "no" });
    assert.match(story.settle()!, /everybody is back; database-revert waits for the approval of dba/);
    assert.deepEqual(undone(story), ["routers", "traffic.maintenance"]);
  });

  it("stays until the database is back, where the active color cannot; and waits for it as long as it takes", () => {
    const story = fine(told({}, { databaseChange: "incompatible" })).to("shift-5");
    story.ask({ kind: "abort", by: "bob@example.org", reason: "no" });
    story.tick(1000);
    assert.ok(!story.records.some(({ type }) => type === "finished"));
    assert.deepEqual(undone(story), ["routers"]);
    story.ask({ kind: "approve", role: "dba", person: "grace@example.org", digest: story.state.digest });
    story.settle();
    assert.deepEqual(undone(story), ["routers", "databaseChange.release,databaseChange.phase", "traffic.maintenance"]);
    assert.equal(story.state.outcome?.outcome, "rolled-back");
  });

  it("is open for the end of the window also before the first shift: it is not forgotten over a migration", () => {
    const window = { zone: "UTC", from: "14:00", to: "15:10", atEnd: "rollback" as const };
    const story = fine(told({ window })).reach("database-validate");
    story.now += 10 * 60_000;
    story.settle();
    assert.match(String((story.decision as { reason?: string }).reason), /window closed/);
    assert.deepEqual(undone(story), ["traffic.maintenance"]);
  });

  it("is taken off though the window has closed, once everything behind it is done", () => {
    const window = { zone: "UTC", from: "14:00", to: "15:25", atEnd: "finish" as const };
    const story = fine(told({ window, steps: [{ share: 5, soak: "20m" }, { share: 100 }] })).to("shift-5");
    story.tick(80);
    assert.equal(pageIsOn(story.state), false);
  });
});

describe("a database that goes back", () => {
  it("is a stage that people approve, by its name, once everybody is back, and never before", () => {
    const story = fine(told({ maintenance: undefined })).to("shift-5");
    assert.throws(
      () => story.ask({ kind: "approve", role: "dba", person: "grace@example.org", digest: story.state.digest }),
      /waits for no approval of dba/,
    );
    story.ask({ kind: "abort", by: "bob@example.org", reason: "no" });
    story.now += 600_000;
    assert.match(
      story.settle()!,
      /database-revert waits for the approval of dba: what was written into the new schema in 1\d minutes may be lost/,
    );
    assert.equal(story.state.patches.get("the-application")?.["databaseChange.phase"], "validate");
    story.ask({ kind: "approve", role: "dba", person: "grace@example.org", digest: story.state.digest });
    story.settle();
    assert.equal(story.state.patches.get("the-application")?.["databaseChange.phase"], "revert");
    assert.equal(story.state.outcome?.outcome, "rolled-back");
  });

  it("stays as it is when nobody approves in time", () => {
    const story = fine(told({ maintenance: undefined })).to("shift-5");
    story.ask({ kind: "abort", by: "bob@example.org", reason: "no" });
    story.tick(239);
    assert.ok(!story.records.some(({ type }) => type === "finished"));
    story.tick();
    assert.equal(story.state.outcome?.outcome, "rolled-back");
    assert.equal(story.state.patches.get("the-application")?.["databaseChange.phase"], "validate");
  });

  it("asks nobody any more once the time for it is over", () => {
    const story = fine(told({ maintenance: undefined })).to("shift-5");
    story.ask({ kind: "abort", by: "bob@example.org", reason: "no" });
    // Somebody moved weights of one region, which is still not back when the time is over.
    const effect = { kind: "rollback", stack: "the-routers" } as const;
    story.record({ type: "effect-begun", effect });
    story.record({ type: "effect-failed", effect, reason: "it is dead", shares: { "us-east-1": 0 } });
    const { since } = story.state.rollback!;
    assert.equal(questionOf(story.state, since + 7_200_000 - 1)?.stage, "database-revert");
    assert.equal(questionOf(story.state, since + 7_200_000), undefined);
    story.now = since + 7_200_000;
    assert.throws(
      () => story.ask({ kind: "approve", role: "dba", person: "grace@example.org", digest: story.state.digest }),
      /waits for no approval of dba/,
    );
  });

  it("is owned once it is begun: a killed run may have changed it", () => {
    const story = fine(told({ maintenance: undefined })).to("shift-5");
    const phase = () => story.state.patches.get("the-application")?.["databaseChange.phase"];
    story.ask({ kind: "abort", by: "bob@example.org", reason: "no" });
    story.settle();
    story.ask({ kind: "approve", role: "dba", person: "grace@example.org", digest: story.state.digest });
    const todo = story.next();
    assert.ok(todo.do === "undo");
    assert.equal(phase(), "validate");
    story.record({
      type: "effect-begun",
      effect: { kind: "rollback", stack: "the-application", patch: todo.patch },
    });
    assert.equal(phase(), "revert");
  });

  it("is not asked about when it was never changed", () => {
    const story = fine(told()).reach("maintenance-on");
    story.ask({ kind: "abort", by: "bob@example.org", reason: "no" });
    story.settle();
    assert.equal(story.state.outcome?.outcome, "rolled-back");
  });

  it("is not tried again when it failed: people are asked anew", () => {
    const story = fine(told({ maintenance: undefined })).to("shift-5");
    story.ask({ kind: "abort", by: "bob@example.org", reason: "no" });
    story.settle();
    story.ask({ kind: "approve", role: "dba", person: "grace@example.org", digest: story.state.digest });
    const todo = story.next();
    assert.equal(todo.do, "undo");
    const effect = { kind: "rollback" as const, stack: "the-application", patch: todo.do === "undo" ? todo.patch : -1 };
    story.record({ type: "effect-begun", effect });
    story.record({ type: "effect-failed", effect, reason: "the job failed" });
    story.tick(4);
    assert.equal(story.next().do, "wait");
    assert.deepEqual(story.state.approvals, []);
  });

  it("must be possible for a change that the active color cannot run on, and behind a page", () => {
    assert.throws(
      () => told({ maintenance: undefined }, { databaseChange: "incompatible" }),
      /has no maintenance page/,
    );
    assert.throws(
      () => told({}, { databaseChange: "incompatible", databaseRevert: undefined }),
      /databaseRevert is required/,
    );
  });
});
