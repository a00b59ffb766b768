import assert from "node:assert/strict";
import fc from "fast-check";
import { weightsFor } from "../../components/traffic/split";
import { EngineError, type Found } from "../../rollout/engine";
import { splitOf } from "../../rollout/listenerRule";
import { EngineRouterReader, readShares, routersByRegion, sharesOf } from "../../rollout/routers";
import { group, page, rule, tester, weighted } from "./rules";

const [EU, US] = ["eu-west-1", "us-east-1"] as const;

describe("what routers do", () => {
  const shares = (rules: Found[]) => sharesOf(routersByRegion(rules), "green");

  it("is read by region, from the rules that split requests and from no others", () => {
    const rules = [
      weighted(EU, "api", 90, 10),
      tester(EU, "api", "green"),
      page(EU),
      weighted(EU, "web", 90, 10),
      weighted(US, "api", 999, 1),
    ];
    assert.deepEqual(shares(rules), { shares: { [EU]: 10, [US]: 0.1 }, problems: {} });
    assert.deepEqual(sharesOf(routersByRegion(rules), "blue").shares, { [EU]: 90, [US]: 99.9 });
  });

  it("is the share that was set, whatever it is", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1000 }), (tenths) => {
        const percent = tenths / 10;
        const { blue, green } = weightsFor("alb-listener-rule", percent);
        const read = shares([weighted(EU, "api", blue, green), weighted(EU, "web", blue * 3, green * 3)]);
        assert.ok(Math.abs(read.shares[EU]! - percent) < 1e-6);
      }),
    );
  });

  it("fails for a region whose rules differ, and says which one does", () => {
    const { shares: read, problems } = shares([
      weighted(EU, "api", 90, 10),
      weighted(EU, "web", 100, 0),
      weighted(US, "api", 90, 10),
    ]);
    assert.deepEqual(read, { [US]: 10 });
    assert.equal(problems[EU], "router-eu-west-1-web gives green 0 %, and router-eu-west-1-api 10 %");
  });

  it("fails for a rule that forwards nothing, is gone, or splits no more", () => {
    const gone = { ...weighted(US, "api", 90, 10), problem: "it is gone" };
    const stripped = sharesOf({ [EU]: [page(EU)] }, "green");
    assert.match(shares([weighted(EU, "api", 0, 0)]).problems[EU]!, /forwards nothing: all its weights are 0/);
    assert.equal(shares([gone]).problems[US], "router-us-east-1-api: it is gone");
    assert.match(stripped.problems[EU]!, /router-eu-west-1-maintenance splits requests no more/);
  });

  it("takes a group without a weight as one part, and groups of others as none", () => {
    const forward = (targetGroups: { arn: string; weight?: number }[]) =>
      splitOf(rule(EU, "api", { actions: [{ type: "forward", forward: { targetGroups } }] }).properties);
    const parts = forward([{ arn: group(EU, "pathfinity-blue-api") }, { arn: group(EU, "somebody-else"), weight: 50 }]);
    assert.deepEqual(
      parts?.map(({ color, workload, weight }) => [color, workload, weight]),
      [["blue", "api", 1]],
    );
    assert.equal(forward([{ arn: group(EU, "somebody-else"), weight: 50 }]), undefined);
  });

  it("ignores the empty conditions that a provider writes where there are none", () => {
    const found = weighted(EU, "api", 100, 0);
    found.properties = {
      ...found.properties,
      conditions: [{ pathPattern: { values: ["/api/*"] }, httpHeader: null }, { httpHeader: {} }],
    };
    assert.deepEqual(shares([found]).shares, { [EU]: 0 });
  });
});

describe("a reader of routers", () => {
  const recorded = [weighted(EU, "api", 100, 0), weighted(US, "api", 100, 0), tester(EU, "api", "green")];
  const engine = (change: (found: Found) => Found) => ({
    recorded: async () => recorded,
    read: async (_stack: string, urns: readonly string[]) =>
      urns.map((urn) => change(recorded.find((found) => found.urn === urn)!)),
  });

  it("asks the clouds, and not the record", async () => {
    const moved = engine((found) => ({ ...found, properties: weighted(EU, "api", 70, 30).properties }));
    assert.deepEqual(await readShares(moved, "production", "green"), { shares: { [EU]: 30, [US]: 30 }, problems: {} });
  });

  it("leaves out a region that cannot be read, and says why; when none can, it fails", async () => {
    const told: string[][] = [];
    const dead = (regions: string[]) =>
      new EngineRouterReader(
        engine((found) =>
          regions.some((region) => found.id.includes(region)) ? { ...found, problem: "i/o timeout" } : found,
        ),
        "production",
        (...problem) => told.push(problem),
      ).shares("green");
    assert.deepEqual(await dead([EU]), { [US]: 0 });
    assert.deepEqual(told, [[EU, "router-eu-west-1-api: i/o timeout"]]);
    await assert.rejects(dead([EU, US]), /the routers of no region can be read; eu-west-1: .+ i\/o timeout/);
  });

  it("fails for a stack without routers", async () => {
    const empty = { recorded: async () => [], read: async () => [] };
    await assert.rejects(new EngineRouterReader(empty, "production").shares("green"), EngineError);
  });
});
