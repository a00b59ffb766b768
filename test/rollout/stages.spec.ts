import assert from "node:assert/strict";
import fc from "fast-check";
import type { WatchedStage } from "../../rollout/core/plan";
import type { Stage } from "../../rollout/stage";
import { stagesOf } from "../../rollout/stages";
import { rolloutSchema, type RolloutConfig } from "../../stacks/config/rollout";
import { HOOKED_STAGES, STRATEGIES, type Strategy, shiftsTraffic } from "../../stacks/config/rollout/plans";
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
  strategy: fc.constantFrom(...STRATEGIES.filter((strategy) => shiftsTraffic({ strategy }))),
});

describe("the stages of a release", () => {
  it("run the hooks that the plan names for them, each after what the stage does", () => {
    const hooksOf = (strategy: Strategy, hooks: Record<string, string[]>, traffic = STACKS.traffic) => {
      const config = planned([10, 100], true, strategy);
      const before = stagesOf(config, "standard", "blue", { ...STACKS, traffic });
      const plan = { ...config.plans.standard!, hooks };
      const after = stagesOf({ ...config, plans: { standard: plan } }, "standard", "blue", { ...STACKS, traffic });
      const hooked = after.filter((stage) => stage.hooks.length > 0).map(({ name, hooks: own }) => [name, own]);
      return { added: after.length - before.length, hooked: Object.fromEntries(hooked) as unknown };
    };
    const here = HOOKED_STAGES.filter((stage) => !/^(maintenance|recover)-/.test(stage));
    const all = Object.fromEntries(here.map((stage) => [stage, [`try-${stage}`]]));
    assert.deepEqual(hooksOf("blue-green", all), { added: 0, hooked: all });
    const { deploy, complete } = { deploy: ["warm-up"], complete: ["tag"] };
    assert.deepEqual(hooksOf("rolling", { deploy, complete }), { added: 1, hooked: { deploy, complete } });
    // A small deployment has nothing to say at the end; a hook makes it a stage.
    assert.deepEqual(hooksOf("canary", { complete }, STACKS.application), { added: 1, hooked: { complete } });
  });

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

  it("with a maintenance page deploy on what the migration leaves, and everything up to the validation is behind the page", () => {
    const config = planned([5, 100], true, "blue-green");
    config.databaseChange = "incompatible";
    config.plans["standard"]!.maintenance = { syntheticPerMinute: 600 };
    const list = stagesOf(config, "standard", "blue", STACKS);
    assert.deepEqual(names(list), [
      "check",
      "go-no-go",
      "place",
      "database-backup",
      "database-restore-check",
      "maintenance-on",
      "database-migrate",
      "database-validate",
      "deploy",
      "smoke",
      "capacity-100",
      "shift-5",
      "shift-100",
      "validate",
      "maintenance-off",
      "activate",
      "watch",
      "retire",
      "complete",
    ]);
    assert.deepEqual(find(list, "place").patch, { "releases.green": release, "capacity.green": "off" });
    assert.deepEqual(find(list, "database-migrate").patch, {
      "databaseChange.release": release.version,
      "databaseChange.phase": "migrate",
      "databaseChange.compatible": false,
      "databaseChange.maintenance": true,
    });
    for (const [name, on] of [["maintenance-on", true] as const, ["maintenance-off", false] as const]) {
      const { stack, patch, touches } = find(list, name);
      assert.deepEqual(
        { stack, patch, touches },
        {
          stack: STACKS.traffic,
          patch: { "traffic.maintenance": on },
          touches: ["maintenance"],
        },
      );
    }
    assert.deepEqual(
      list.filter(({ page }) => page).map(({ name }) => name),
      ["shift-5", "shift-100", "validate"],
    );
  });

  it("at a share that was reached change nothing, and those of the rollback window leave the rest of it to the triggers", () => {
    const config = planned([5, 100], false, "blue-green");
    const look = { gates: [], hooks: [], approvals: [], checklist: [] };
    const plan = config.plans["standard"]!;
    plan.steps.splice(1, 0, {
      ...look,
      name: "sign-off",
      approvals: ["release-manager"],
      checklist: ["Users are happy"],
    });
    plan.rollbackWindow = "2h";
    plan.watch = [{ ...look, name: "first-hour", soak: "1h", interval: "5m", gates: ["error-rate < 1"] }];
    const list = stagesOf(config, "standard", "blue", STACKS);
    const shown = (name: string) => {
      const { kind, patch, touches, share, soakSeconds, gateSeconds, approvals, checklist } = find(
        list,
        name,
      ) as WatchedStage;
      return { kind, patch, touches, share, soakSeconds, gateSeconds, approvals, checklist };
    };
    const nothing = { patch: {}, touches: [], gateSeconds: undefined, approvals: [], checklist: [] };
    assert.deepEqual(shown("sign-off"), {
      ...nothing,
      kind: "validate",
      share: 5,
      soakSeconds: 0,
      approvals: ["release-manager"],
      checklist: ["Users are happy"],
    });
    assert.deepEqual(shown("first-hour"), {
      ...nothing,
      kind: "watch",
      share: 100,
      soakSeconds: 3600,
      gateSeconds: 300,
    });
    assert.deepEqual(shown("watch"), { ...nothing, kind: "watch", share: 100, soakSeconds: 3600 });
    assert.deepEqual(names(list).slice(-5), ["activate", "first-hour", "watch", "retire", "complete"]);
    plan.rollbackWindow = "1h";
    assert.ok(!names(stagesOf(config, "standard", "blue", STACKS)).includes("watch"));
  });

  it("let a region go first: the others keep their share until a later step", () => {
    const config = planned([100], false, "blue-green");
    config.plans["standard"]!.steps = [
      { share: 10, regions: ["eu-west-1"], soak: "5m", gates: [], hooks: [], approvals: [], checklist: [] },
      { share: 10, soak: "5m", gates: [], hooks: [], approvals: [], checklist: [] },
      { share: 100, gates: [], hooks: [], approvals: [], checklist: [] },
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
