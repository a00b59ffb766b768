import assert from "node:assert/strict";
import * as fc from "fast-check";
import { COLOR_HEADER } from "../../../components/internal/headers";
import { weightsFor } from "../../../components/traffic/split";
import { capacity, greenWeights, outcomes, routers, unreachable, weights } from "../../../rehearsal/world";
import { REGION } from "../clouds/ask";
import { COLORS, Region } from "./region";

function served(blue: number, green: number): Region {
  const region = new Region();
  region.route("web", ["/*"], { blue, green });
  region.pods("blue", "web", { replicas: 2 });
  region.pods("green", "web", { replicas: 2 });
  return region;
}

describe("the stand-in routers", () => {
  it("give the colors percentages that add up to 100, whatever the weights", () => {
    const weight = fc.integer({ min: 0, max: 999 });
    fc.assert(
      fc.property(weight, weight, (blue, green) => {
        fc.pre(blue + green > 0);
        const read = weights(served(blue, green).entry)!;
        assert.ok(Math.abs(read.blue! + read.green! - 100) < 1e-9);
        assert.ok(Math.abs(read.green! - (green * 100) / (blue + green)) < 1e-9);
      }),
      { numRuns: 50 },
    );
  });

  it("read back the percentage that the traffic layer wrote, in steps of 0.1 %", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1_000 }), (tenths) => {
        const { blue, green } = weightsFor("alb-listener-rule", tenths / 10);
        assert.ok(Math.abs(weights(served(blue, green).entry)!.green! - tenths / 10) < 1e-9);
      }),
      { numRuns: 50 },
    );
  });

  it("send each color its part of the requests, and none to a color of weight 0", () => {
    const shares = (blue: number, green: number) =>
      outcomes(served(blue, green).entry, { path: "/a" }).map(({ color, share, status }) => [color, share, status]);
    assert.deepEqual(shares(63, 37), [
      ["blue", 0.63, 200],
      ["green", 0.37, 200],
    ]);
    assert.deepEqual(shares(100, 0), [["blue", 1, 200]]);
  });

  it("lead a request with the color header to its color at 0 %, in any case of the header's name", () => {
    for (const [blue, green] of [
      [100, 0],
      [0, 100],
    ] as const) {
      const region = served(blue, green);
      for (const color of COLORS) {
        const [only, ...others] = outcomes(region.entry, {
          path: "/",
          headers: { [COLOR_HEADER.toUpperCase()]: color },
        });
        assert.deepEqual([only?.color, only?.share, only?.status, others], [color, 1, 200, []]);
        assert.equal(unreachable(region.asker.world, color), undefined);
      }
    }
  });

  it("look at rules by priority, and answer what no rule takes with the listener's default", () => {
    const region = new Region();
    region.route("api", ["/api/*"], { blue: 1, green: 0 });
    region.pods("blue", "api", { replicas: 1 });
    assert.equal(outcomes(region.entry, { path: "/api/users?a=1" })[0]?.workload, "api");
    assert.equal(outcomes(region.entry, { path: "/other" })[0]?.status, 404);
    const page = region.rule("page", 10, [{ pathPattern: { values: ["/*"] } }], {
      type: "fixed-response",
      fixedResponse: { statusCode: "503" },
    });
    assert.deepEqual(outcomes(region.entry, { path: "/api/users" }), [{ share: 1, status: 503, rule: page }]);
    assert.equal(weights(region.entry)?.blue, 100, "a maintenance page leaves the weights as they are");
  });

  it("answer 503 for the share of a color that has no targets: nobody steps in", () => {
    const region = new Region();
    region.route("web", ["/*"], { blue: 90, green: 10 });
    region.pods("blue", "web", { replicas: 1 });
    const green = outcomes(region.entry, { path: "/" }).find(({ color }) => color === "green");
    assert.deepEqual([green?.share, green?.status], [0.1, 503]);
    assert.match(unreachable(region.asker.world, "green")!, /green meets green web in eu-west-1, with status 503/);
  });

  it("are not read from rules that only testers reach", () => {
    assert.equal(routers(served(100, 0).entry).length, 1);
  });

  it("have no common percentage when they disagree; each says its own", () => {
    const region = new Region();
    region.route("api", ["/api/*"], { blue: 100, green: 0 });
    region.route("web", ["/*"], { blue: 90, green: 10 });
    assert.equal(weights(region.entry), undefined);
    assert.deepEqual(
      routers(region.entry).map(({ percent }) => percent.green),
      [0, 10],
    );
    assert.deepEqual(greenWeights(region.asker.world), {});
  });

  it("are read from the world and not from what was recorded: a change by hand is seen", () => {
    const region = served(100, 0);
    assert.deepEqual(greenWeights(region.asker.world), { [REGION]: 0 });
    const [rule] = [...region.asker.world.things("aws:lb/listenerRule:ListenerRule")].filter(
      ({ properties }) => properties.priority === 20_000,
    );
    const targetGroups = COLORS.map((color) => ({
      arn: region.group(color, "web"),
      weight: color === "green" ? 25 : 75,
    }));
    region.asker.world.put({
      ...rule!,
      properties: { ...rule!.properties, actions: [{ type: "forward", forward: { targetGroups } }] },
    });
    assert.deepEqual(greenWeights(region.asker.world), { [REGION]: 25 });
  });

  it("know functions behind a target group", () => {
    const region = new Region();
    region.route("function", ["/hooks/*"], { blue: 1, green: 0 });
    const group = region.group("blue", "function");
    const attach = { targetGroupArn: group, targetId: "arn:aws:lambda:eu-west-1:210987654321:function:hooks" };
    region.asker.create("aws:lb/targetGroupAttachment:TargetGroupAttachment", "blue", attach);
    assert.equal(outcomes(region.entry, { path: "/hooks/a" })[0]?.status, 503, "the function does not exist yet");
    region.asker.create("aws:lambda/function:Function", "blue", { name: "hooks" });
    assert.equal(outcomes(region.entry, { path: "/hooks/a" })[0]?.status, 200);
  });

  it("refuse by name a condition that is not modeled", () => {
    const region = new Region();
    region.rule("odd", 1, [{ sourceIp: { values: ["10.0.0.0/8"] } }], {
      type: "fixed-response",
      fixedResponse: { statusCode: "200" },
    });
    assert.throws(() => outcomes(region.entry, { path: "/" }), /does not model a listener rule's condition sourceIp/);
  });
});

describe("the capacity of a color in the stand-in clusters", () => {
  it("is the pods behind its target groups: what the Deployment asks for, held up by the autoscaler's floor", () => {
    const region = new Region();
    region.route("web", ["/*"], { blue: 1, green: 0 });
    region.pods("blue", "web", {}, 10);
    region.pods("green", "web", { replicas: 3 });
    assert.deepEqual(capacity(region.entry), { blue: { web: 10 }, green: { web: 3 } });
  });

  it("is nothing where the Deployment is switched off, whatever the autoscaler says", () => {
    const region = new Region();
    region.route("web", ["/*"], { blue: 1, green: 0 });
    region.pods("green", "web", { replicas: 0 }, 10);
    assert.deepEqual(capacity(region.entry), { blue: { web: 0 }, green: { web: 0 } });
  });
});
