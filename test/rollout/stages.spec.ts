import assert from "node:assert/strict";
import fc from "fast-check";
import { stagesOf, type Stage } from "../../rollout/stages";
import { rolloutSchema, type RolloutConfig } from "../../stacks/config/rollout";
import { STRATEGIES, type Strategy } from "../../stacks/config/rollout/plans";
import { COLORS, otherColor, type Color } from "../../stacks/config/fields";
import { METRICS, RELEASE as release } from "./support/plans";

const STACKS = { application: "the-application", traffic: "the-routers" };
const planned = (shares: number[], databaseChange: boolean, strategy: Strategy): RolloutConfig =>
  rolloutSchema.parse({
    release,
    databaseChange,
    plan: "standard",
    plans: {
      standard: {
        strategy,
        before: { gates: ["healthy-targets >= 1"], checklist: ["Tests passed"], approvals: ["release-manager"] },
        steps: strategy === "rolling" ? [] : shares.map((share) => ({ share, soak: "5m" })),
        validate: { soak: "15m", gates: ["error-rate < 1"] },
      },
    },
    metrics: METRICS,
    approvers: { "release-manager": ["ada@example.org"] },
  });
const stages = (shares: number[], active: Color = "blue", databaseChange = false, strategy: Strategy = "canary") =>
  stagesOf(planned(shares, databaseChange, strategy), "standard", active, STACKS);
const names = (list: readonly Stage[]) => list.map(({ name }) => name);
const find = (list: readonly Stage[], name: string) => list.find((stage) => stage.name === name)!;

/** Shares of a plan as config allows them: they grow, and end at 100. Tenths, as a router can express. */
const shares = fc
  .uniqueArray(fc.integer({ min: 1, max: 999 }), { maxLength: 8 })
  .map((tenths) => [...tenths.sort((one, other) => one - other).map((tenth) => tenth / 10), 100]);
const anyPlan = fc.record({
  shares,
  active: fc.constantFrom(...COLORS),
  databaseChange: fc.boolean(),
  strategy: fc.constantFrom(...STRATEGIES.filter((each) => each !== "rolling")),
});

describe("the stages of a release", () => {
  it("of a canary are, in order: checks, deploy, database, smoke, capacity before each shift, validate, and what follows", () => {
    assert.deepEqual(names(stages([10, 100], "blue", true)), [
      "check",
      "go-no-go",
      "deploy",
      "database-backup",
      "database-restore-check",
      "database-migrate",
      "database-validate",
      "smoke",
      "capacity-10",
      "shift-10",
      "capacity-100",
      "shift-100",
      "validate",
      "activate",
      "watch",
      "retire",
      "complete",
    ]);
  });

  it("of blue-green give the candidate its full capacity before its first request", () => {
    const list = names(stages([10, 50, 100], "blue", false, "blue-green"));
    assert.deepEqual(
      list.filter((name) => /^(capacity|shift)/.test(name)),
      ["capacity-100", "shift-10", "shift-50", "shift-100"],
    );
  });

  it("of a rolling release touch the active color only, and no router", () => {
    const list = stages([], "green", false, "rolling");
    assert.deepEqual(names(list), ["check", "go-no-go", "deploy", "validate", "watch"]);
    assert.deepEqual(find(list, "deploy").patch, { "releases.green": release });
    assert.deepEqual(find(list, "deploy").touches, ["color:green"]);
    assert.ok(list.every(({ patch }) => patch["traffic.green"] === undefined));
  });

  it("let a region go first: the others keep their share until a later step", () => {
    const config = planned([100], false, "blue-green");
    config.plans["standard"]!.steps = [
      { share: 10, regions: ["eu-west-1"], soak: "5m", gates: [], hooks: [], approvals: [] },
      { share: 10, soak: "5m", gates: [], hooks: [], approvals: [] },
      { share: 100, gates: [], hooks: [], approvals: [] },
    ];
    const shifts = stagesOf(config, "standard", "green", STACKS).filter(({ kind }) => kind === "shift");
    assert.deepEqual(
      shifts.map(({ name, patch }) => [name, patch]),
      [
        ["shift-10-eu-west-1", { "traffic.green": 100, "traffic.regions": { "eu-west-1": 90 } }],
        ["shift-10", { "traffic.green": 90, "traffic.regions": {} }],
        ["shift-100", { "traffic.green": 0, "traffic.regions": {} }],
      ],
    );
  });

  it("have no database stages when the release does not change the schema, and never contract it", () => {
    assert.ok(!names(stages([100])).some((name) => name.startsWith("database")));
    assert.ok(!names(stages([100], "blue", true)).includes("database-contract"));
  });

  it("from blue to green: the candidate is green, and its share is the split's own", () => {
    const list = stages([0.1, 37, 100]);
    assert.deepEqual(find(list, "deploy").patch, { "releases.green": release, "capacity.green": "warm" });
    assert.deepEqual(find(list, "capacity-37").patch, { "capacity.green": 37 });
    assert.deepEqual(find(list, "capacity-100").patch, { "capacity.green": "full" });
    assert.deepEqual(
      list.filter(({ kind }) => kind === "shift").map(({ patch }) => patch),
      [0.1, 37, 100].map((green) => ({ "traffic.green": green, "traffic.regions": {} })),
    );
    assert.deepEqual(find(list, "retire").patch, { "capacity.blue": "off" });
    assert.deepEqual(find(list, "activate").patch, { active: "green" });
    assert.deepEqual(find(list, "complete").patch, { active: "green" });
  });

  it("from green to blue: the candidate is blue, and green keeps the rest, exactly", () => {
    const list = stages([0.1, 37, 99.9, 100], "green");
    assert.deepEqual(find(list, "deploy").patch, { "releases.blue": release, "capacity.blue": "warm" });
    assert.deepEqual(find(list, "capacity-0.1").patch, { "capacity.blue": 0.1 });
    assert.deepEqual(
      list.filter(({ kind }) => kind === "shift").map(({ patch }) => patch),
      [99.9, 63, 0.1, 0].map((green) => ({ "traffic.green": green, "traffic.regions": {} })),
    );
    assert.deepEqual(find(list, "retire").patch, { "capacity.green": "off" });
    assert.deepEqual(find(list, "complete").patch, { active: "blue" });
  });

  it("never shift traffic to capacity that was not raised before, nor lower the old color before the end", () => {
    fc.assert(
      fc.property(anyPlan, ({ shares: steps, active, databaseChange, strategy }) => {
        const list = stages(steps, active, databaseChange, strategy);
        const candidate = otherColor(active);
        let capacity = 0;
        let green = active === "green" ? 100 : 0;
        for (const [index, { kind, patch, share }] of list.entries()) {
          const raised = patch[`capacity.${candidate}`];
          if (raised !== undefined) {
            const next = raised === "full" ? 100 : raised === "warm" ? 0 : Number(raised);
            assert.ok(next >= capacity, "the candidate's capacity never falls");
            capacity = next;
          }
          if (patch["traffic.green"] !== undefined) {
            assert.equal(kind, "shift");
            assert.deepEqual(
              Object.keys(patch),
              ["traffic.green", "traffic.regions"],
              "a shift changes nothing but the split",
            );
            green = Number(patch["traffic.green"]);
          }
          const served = candidate === "green" ? green : 100 - green;
          assert.ok(served <= capacity + 1e-9, `${served} % on a capacity for ${capacity} %`);
          assert.ok(Math.abs(served - share) < 1e-9, "a stage knows the share that it leaves");
          if (patch[`capacity.${active}`] !== undefined) {
            assert.equal(served, 100);
            assert.ok(names(list).indexOf("validate") < index);
          }
        }
        assert.equal(capacity, 100);
        assert.equal(green, candidate === "green" ? 100 : 0);
      }),
    );
  });

  it("shift exactly as planned, keep names apart, and patch only the stack that has the key", () => {
    fc.assert(
      fc.property(anyPlan, ({ shares: steps, active, databaseChange, strategy }) => {
        const list = stages(steps, active, databaseChange, strategy);
        assert.deepEqual(
          list.filter(({ kind }) => kind === "shift").map(({ share }) => share),
          steps,
        );
        assert.equal(new Set(names(list)).size, list.length);
        for (const { patch, stack, touches, kind } of list) {
          const sections = new Set(Object.keys(patch).map((path) => path.split(".")[0]));
          assert.ok(!sections.has("traffic") || stack === STACKS.traffic);
          assert.ok(
            !["releases", "capacity", "databaseChange"].some((key) => sections.has(key)) ||
              stack === STACKS.application,
          );
          const looks = ["check", "approve", "smoke", "validate", "watch"].includes(kind);
          assert.equal(looks, sections.size === 0, "only a look has no patch");
          assert.ok(sections.size > 0 || touches.length === 0, "a look touches nothing");
        }
      }),
    );
  });

  it("try the candidate before its first request, and do the database before that", () => {
    const order = names(stages([5, 100], "blue", true));
    assert.ok(order.indexOf("database-validate") < order.indexOf("smoke"));
    assert.ok(order.indexOf("smoke") < order.indexOf("shift-5"));
    assert.ok(order.indexOf("retire") > order.indexOf("validate"));
  });
});
