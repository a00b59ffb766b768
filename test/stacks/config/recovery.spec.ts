import assert from "node:assert/strict";
import { recoverySite } from "../../../stacks/config/rollout/recovery";
import { issuesOf, rawStack } from "./stackFiles";

const PLAN = "rollout.plans.activate";

/** That changes of the drill's config are refused at one path, with words about what is allowed. */
function refuses(changes: Record<string, unknown>, path: string, allowed: RegExp, stack = "recovery"): void {
  const issues = issuesOf(stack, changes);
  assert.deepEqual(
    issues.map((issue) => issue.path),
    [path],
  );
  assert.match(issues[0]!.message, allowed);
}

describe("a plan of a recovery", () => {
  it("is as the stack files have it", () => {
    assert.deepEqual(issuesOf("recovery", {}), []);
    assert.deepEqual(issuesOf("production", {}), []);
  });

  it("names the region that is lost, and no other plan does", () => {
    refuses({ [`${PLAN}.recover`]: undefined }, `${PLAN}.recover`, /is required with strategy recovery/);
    const other = "rollout.plans.blue-green.recover";
    refuses({ [other]: { region: "eu-west-1" } }, other, /only with strategy recovery/, "production");
  });

  it("is about regions of one jurisdiction, the lost one with its database", () => {
    refuses({ [`${PLAN}.recover.region`]: "us-east-1" }, `${PLAN}.recover.region`, /one of eu-west-1, eu-central-1/);
    refuses({ [`${PLAN}.recover.to`]: "us-east-1" }, `${PLAN}.recover.to`, /because data stays in its jurisdiction/);
    refuses(
      { [`${PLAN}.recover`]: { region: "eu-central-1", to: "eu-west-1" } },
      `${PLAN}.recover.region`,
      /with its jurisdiction's database: without eu-central-1 the edge sends its users to eu-west-1/,
    );
  });

  it("has somewhere to go, and a replica there", () => {
    const platform = rawStack("production-platform") as any;
    const { regions, database } = platform;
    assert.deepEqual(recoverySite({ region: "eu-west-1", replica: "recovery" }, { regions, database }), {
      jurisdiction: "EU",
      region: "eu-west-1",
      to: "eu-central-1",
      replica: "recovery",
    });
    const west = recoverySite({ region: "us-east-1", to: "us-west-2", replica: "recovery" }, { regions, database });
    assert.ok(!("key" in west) && west.to === "us-west-2", "a region that serves can take over, too");
    const unnamed = recoverySite({ region: "us-east-1", replica: "recovery" }, { regions, database });
    assert.ok("key" in unnamed && unnamed.key === "to" && /us-west-2/.test(unnamed.message), JSON.stringify(unnamed));
    const { "eu-central-1": _, ...alone } = regions;
    const nowhere = recoverySite({ region: "eu-west-1", replica: "recovery" }, { regions: alone, database });
    assert.ok("key" in nowhere && /EU has only eu-west-1/.test(nowhere.message), JSON.stringify(nowhere));
    refuses(
      { [`${PLAN}.recover.replica`]: "read-1" },
      `${PLAN}.recover.replica`,
      /a replica in eu-central-1.*: recovery/,
    );
  });

  it("shifts nothing, and watches for nothing that it could take back", () => {
    refuses({ [`${PLAN}.steps`]: [{ share: 100 }] }, `${PLAN}.steps`, /none: a recovery plan shifts no traffic/);
    refuses({ [`${PLAN}.watch`]: [{ name: "day-1", soak: "1m" }] }, `${PLAN}.watch`, /a promotion is final/);
    const triggers = { slow: { when: "latency-p95 > 10", for: "1m" } };
    refuses(
      { "rollout.triggers": triggers, [`${PLAN}.triggers`]: ["slow"] },
      `${PLAN}.triggers`,
      /a promotion is final/,
    );
    refuses({ [`${PLAN}.hooks`]: { deploy: ["smoke-tests"] } }, `${PLAN}.hooks.deploy`, /recover-promote.*complete/);
    refuses(
      { [`${PLAN}.before.gates.0`]: "replica-lag <= baseline * 2" },
      `${PLAN}.before.gates[0]`,
      /there is no other color/,
    );
  });

  it("asks somebody before the promotion", () => {
    refuses({ [`${PLAN}.before.approvals`]: [] }, `${PLAN}.before.approvals`, /somebody decides on it/);
  });

  it("is for AWS, where regions recover each other", () => {
    const plan = { strategy: "recovery", recover: { region: "eu-west-1" }, validate: { soak: "1m" } };
    const issues = issuesOf("adaptive-learning", { "rollout.plans.lost": plan }).map(({ path }) => path);
    assert.ok(issues.includes("rollout.plans.lost.strategy"), issues.join(", "));
  });
});

describe("a region that is closed at the edge", () => {
  it("is one that there is, and never the last of its jurisdiction", () => {
    assert.deepEqual(issuesOf("recovery", { "edge.closed": ["eu-west-1"] }), []);
    refuses({ "edge.closed": ["us-east-1"] }, "edge.closed[0]", /one of eu-west-1, eu-central-1/);
    const all = issuesOf("recovery", { "edge.closed": ["eu-west-1", "eu-central-1"] });
    assert.deepEqual(
      all.map(({ path }) => path),
      ["edge.closed[0]", "edge.closed[1]"],
    );
    assert.match(all[0]!.message, /not every region of EU/);
  });

  it("needs a load balancer that chooses", () => {
    refuses({ "edge.closed": ["us-east-1"] }, "edge.closed", /only edge\.loadBalancer chooses/, "edpsych");
  });
});
