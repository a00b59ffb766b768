import assert from "node:assert/strict";
import type { Request } from "../../rollout/requests";
import { FakeWorld } from "./support/fakeWorld";
import { METRICS, planned } from "./support/plans";

const APPROVERS = { dba: ["grace@example.org"] };
const told = (config: object = {}, plan: object = {}) =>
  planned(
    {
      maintenance: { syntheticPerMinute: 600 },
      hooks: { "maintenance-on": ["start-load"], smoke: ["smoke"], "maintenance-off": ["end-load"] },
      steps: [{ share: 5, soak: "5m", gates: ["error-rate < 1"] }, { share: 100 }],
      watch: [{ name: "opened", soak: "5m", gates: ["sessions >= 90"] }],
      triggers: ["errors", "few-sessions"],
      ...plan,
    },
    {
      databaseChange: "incompatible",
      databaseRevert: { approvals: ["dba"] },
      approvers: APPROVERS,
      hooks: Object.fromEntries(["start-load", "smoke", "end-load"].map((name) => [name, { command: ["true"] }])),
      metrics: { ...METRICS, sessions: { source: "prometheus", query: "sessions", users: true } },
      triggers: {
        errors: { when: "error-rate > 5", for: "1m" },
        "few-sessions": { when: "sessions < 50", for: "1m" },
      },
      ...config,
    },
  );
/** Nobody has a session while the page is on, and everybody once it is off. */
const worldOf = (config: object = {}, plan: object = {}) => {
  const world = new FakeWorld(told(config, plan));
  world.metric = (metric) => {
    const page = world.config.get("the-routers")?.["traffic.maintenance"] === true;
    return metric === "sessions" ? (page ? 0 : 100) : 0.1;
  };
  return world;
};
const pageOf = (world: FakeWorld) => world.config.get("the-routers")?.["traffic.maintenance"];
const phaseOf = (world: FakeWorld) => world.config.get("the-application")?.["databaseChange.phase"];

describe("a cutover behind the maintenance page", () => {
  it("brings the release to everybody, judges users once the page is off, and leaves no page behind", async () => {
    const world = worldOf();
    await world.run(await world.start());
    const finished = world.records.find((record) => record.type === "finished");
    assert.equal(finished?.type === "finished" && finished.outcome, "promoted");
    assert.deepEqual(world.hooked, ["start-load", "smoke", "end-load"]);
    assert.equal(pageOf(world), false);
    const on = world.ups.findIndex(({ set }) => set["traffic.maintenance"] === true);
    const migrated = world.ups.findIndex(({ set }) => set["databaseChange.phase"] === "migrate");
    const deployed = world.ups.findIndex(({ set }) => set["capacity.green"] === "warm");
    assert.ok(on < migrated && migrated < deployed, `${on} ${migrated} ${deployed}`);
    assert.ok(world.ups.slice(0, migrated).every(({ set }) => set["capacity.green"] !== "warm"));
  });

  it("takes everybody back, keeps the page until people had the database go back, and takes it off then", async () => {
    const world = worldOf();
    const controller = await world.start();
    world.metric = (metric, color) => (metric === "sessions" ? 0 : color === "green" ? 9 : 0.1);
    await world.run(controller, 86_400);
    assert.ok(!world.records.some(({ type }) => type === "finished"));
    assert.deepEqual(world.shares, { "us-east-1": 0, "eu-west-1": 0, "eu-central-1": 0 });
    assert.equal(pageOf(world), true);
    assert.equal(phaseOf(world), "validate");
    const asked: Request = {
      kind: "approve",
      role: "dba",
      person: "grace@example.org",
      digest: controller.state.digest,
    };
    await controller.ask(asked);
    await world.run(controller, 3_600);
    assert.equal(phaseOf(world), "revert");
    assert.equal(pageOf(world), false);
    assert.equal(controller.state.outcome?.outcome, "rolled-back");
    assert.equal(world.claimed, undefined);
  });

  it("is gone on with by a controller that knows only the journal, between the database and the page", async () => {
    const world = worldOf();
    const controller = await world.start();
    world.metric = (metric, color) => (metric === "sessions" ? 0 : color === "green" ? 9 : 0.1);
    await world.run(controller, 3_600);
    await controller.ask({
      kind: "approve",
      role: "dba",
      person: "grace@example.org",
      digest: controller.state.digest,
    });
    world.beforeUp = (stack, { set = {} }) => {
      if (stack === "the-routers" && set["traffic.maintenance"] === false) {
        throw new Error("killed");
      }
    };
    await assert.rejects(world.run(controller, 60), /killed/);
    assert.equal(pageOf(world), true);
    world.beforeUp = () => undefined;
    const heir = await world.resume();
    await world.run(heir, 600);
    assert.equal(pageOf(world), false);
    assert.equal(heir.state.outcome?.outcome, "rolled-back");
    assert.equal(world.ups.filter(({ set }) => set["databaseChange.phase"] === "revert").length, 1);
  });

  it("tells of a late stage by a warning, and of what is suspended with each regular update", async () => {
    // It begins at ten in the morning in New York.
    const window = { zone: "America/New_York", from: "09:30", to: "12:30", atEnd: "rollback" };
    const world = worldOf(
      { updateEvery: "2m" },
      { window, timetable: { "maintenance-on": "10:00", "shift-100": "10:03" } },
    );
    await world.run(await world.start());
    const warnings = world.messages.filter(({ notice }) => notice === "warning");
    assert.deepEqual(
      warnings.map(({ lines }) => lines),
      [["late: shift-100, planned for 10:03, is not begun"]],
    );
    const updates = world.messages.filter(({ notice }) => notice === "update").map(({ lines }) => lines.join("; "));
    assert.ok(
      updates.some((text) => /suspended while the maintenance page is on: few-sessions/.test(text)),
      updates[0],
    );
    assert.ok(!/suspended/.test(updates.at(-1)!));
    assert.equal(
      world.records.some((record) => record.type === "finished" && record.outcome === "promoted"),
      true,
    );
  });
});
