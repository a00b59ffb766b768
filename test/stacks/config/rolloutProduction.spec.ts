import assert from "node:assert/strict";
import { productionPlan, productionRollout } from "../../rollout/metrics/productionPlan";

/** The shifts of a plan: name, share, seconds watched, gates. */
function shifts(name: string) {
  return productionPlan(name)
    .stages.filter(({ kind }) => kind === "shift")
    .map((stage) => [stage.name, stage.share, stage.soakSeconds, stage.gates.map(({ text }) => text)]);
}

function triggers(name: string) {
  return productionPlan(name).triggers.map(({ text, forSeconds, action }) => [text, forSeconds, action]);
}

const MINUTE = 60;
const HOUR = 60 * MINUTE;

describe("production's rollout", () => {
  it("follows the strategy's blue-green release unless it is told otherwise", () => {
    const gates = ["error-rate < 1", "latency-p95 < 2"];
    assert.equal(productionRollout().plan, "blue-green");
    assert.deepEqual(shifts("blue-green"), [
      ["shift-10", 10, 5 * MINUTE, gates],
      ["shift-30", 30, 5 * MINUTE, gates],
      ["shift-50", 50, 10 * MINUTE, [...gates, "career-selections-per-session-all-1h >= baseline * 0.85"]],
      ["shift-100", 100, 0, []],
    ]);
  });

  it("has the strategy's canary with all its criteria", () => {
    assert.deepEqual(shifts("canary"), [
      ["internal-testing", 0.1, HOUR, ["error-rate-all-1h < 0.1", "latency-p95-1h < 2"]],
      ["beta-users", 1, 4 * HOUR, ["error-rate-1h < 0.5", "latency-p95-1h < 2"]],
      ["early-adopters", 5, 24 * HOUR, ["error-rate-1h < 1", "engagement >= baseline * 0.98"]],
      [
        "gradual-rollout",
        25,
        48 * HOUR,
        [
          "error-rate-1h < 1",
          "latency-p95-1h < 2",
          "engagement >= baseline * 0.98",
          "flow-state >= 60",
          "flow-state >= baseline * 0.98",
          "career-selections >= 10",
          "cpu < 80",
          "memory < 85",
        ],
      ],
      ["full-deployment", 100, 0, []],
    ]);
  });

  it("asks the product owner whether feedback is positive before early adopters have the canary", () => {
    const { stages } = productionPlan("canary");
    const asking = stages.filter(({ approvals }) => approvals.includes("product-owner"));
    assert.deepEqual(
      asking.map(({ name }) => name),
      ["capacity-5"],
    );
  });

  it("validates for fifteen minutes with 1 % of errors and 2 s", () => {
    for (const name of ["blue-green", "canary"]) {
      const validate = productionPlan(name).stages.find(({ kind }) => kind === "validate")!;
      assert.equal(validate.soakSeconds, 15 * MINUTE);
      assert.deepEqual(
        validate.gates.map(({ text }) => text),
        ["error-rate < 1", "latency-p95 < 2"],
      );
    }
  });

  it("checks regions, 30 % of cpu and memory, and incidents before anything is changed, on the color that serves", () => {
    for (const name of ["blue-green", "canary"]) {
      const [check, ask] = productionPlan(name).stages;
      assert.deepEqual(
        check!.gates.map(({ text, color }) => [text, color]),
        ["healthy-targets >= 1", "cpu <= 70", "memory <= 70", "open-incidents < 1"].map((text) => [text, "blue"]),
      );
      assert.equal(ask!.checklist.length, 6);
      assert.deepEqual(ask!.approvals, ["release-manager"]);
    }
  });

  it("rolls back by the triggers of the documents", () => {
    const always = [
      ["ai-error-rate > 90", 2 * MINUTE, "rollback"],
      ["database-connection-failures > 10", MINUTE, "rollback"],
    ];
    assert.deepEqual(triggers("blue-green"), [
      ["error-rate > 5", 5 * MINUTE, "rollback"],
      ["latency-p95 > 10", 3 * MINUTE, "rollback"],
      ...always,
    ]);
    assert.deepEqual(triggers("canary"), [
      ["error-rate > 2", 5 * MINUTE, "rollback"],
      ["latency-p95 > 5", 5 * MINUTE, "rollback"],
      ["crash-rate > 0.1", 5 * MINUTE, "rollback"],
      ["user-reports > 10", 5 * MINUTE, "rollback"],
      ...always,
    ]);
    const { signals } = productionPlan("blue-green");
    assert.equal(signals.find(({ name }) => name === "security-incident")?.action, "rollback");
  });

  it("holds no credential: each comes from an environment variable", () => {
    const { sources, hooks, channels } = productionRollout();
    const names = [sources, hooks, channels].flatMap((section) =>
      Object.values(section).flatMap((each) => Object.entries(each).filter(([key]) => key.endsWith("From"))),
    );
    assert.ok(names.length > 5);
    assert.ok(names.every(([, name]) => /^[A-Z_]+$/.test(String(name))));
  });
});
