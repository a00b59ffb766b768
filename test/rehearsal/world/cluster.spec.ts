import assert from "node:assert/strict";
import * as fc from "fast-check";
import { COLOR_HEADER } from "../../../components/internal/headers";
import {
  capacity,
  entryOf,
  greenWeights,
  outcomes,
  unreachable,
  weights,
  type Request,
} from "../../../rehearsal/world";
import { failTargets, giveWeight } from "../../../rehearsal/faults/world";
import { lookAt } from "../../../rehearsal/load";
import { fields, items, text } from "../../../pulumi/json";
import type { Json } from "../../../rollout/engine";
import type { Rehearsal } from "../../../rehearsal";
import { clusterIn, clusterProgram, clusterTheater, HOST, type ClusterSettings } from "../support/cluster";

const REGION = "westeurope";
const ROUTE = "kubernetes:gateway.networking.k8s.io/v1:HTTPRoute";
const GRANT = "kubernetes:gateway.networking.k8s.io/v1beta1:ReferenceGrant";
const key = (name: string) => `${clusterIn(REGION)}/${name}`;

async function up(green: number, settings: ClusterSettings = {}): Promise<Rehearsal> {
  const theater = clusterTheater();
  await theater.up(clusterProgram(settings), { set: { "traffic.green": green } });
  return theater.rehearsal;
}
const met = ({ world }: Rehearsal, request: Request) =>
  outcomes(entryOf(world, REGION), { host: HOST, ...request }).map(({ color, workload, share, status }) => [
    color,
    workload,
    share,
    status,
  ]);

describe("the stand-in gateway", function () {
  this.timeout(60_000);

  it("splits each path's requests between the colors as the route's weights say", async () => {
    const rehearsal = await up(37);
    assert.deepEqual(met(rehearsal, { path: "/api/users" }), [
      ["blue", "api", 0.63, 200],
      ["green", "api", 0.37, 200],
    ]);
    assert.deepEqual(met(rehearsal, { path: "/apix" })[1], ["green", "web", 0.37, 200], "a prefix is whole elements");
    assert.deepEqual(greenWeights(rehearsal.world), { [REGION]: 37 });
    assert.deepEqual(capacity(entryOf(rehearsal.world, REGION)), {
      blue: { api: 4, web: 4 },
      green: { api: 4, web: 4 },
    });
  });

  it("lets testers reach a color at any share, each workload of it", async () => {
    const rehearsal = await up(0);
    assert.deepEqual(met(rehearsal, { path: "/api", headers: { [COLOR_HEADER.toUpperCase()]: "green" } }), [
      ["green", "api", 1, 200],
    ]);
    assert.equal(unreachable(rehearsal.world, "green"), undefined);
    rehearsal.changeWorld((world) => world.remove(GRANT, key("pathfinity-green/routes")));
    assert.match(unreachable(rehearsal.world, "green")!, /meets green (api|web) in westeurope, with status 500/);
  });

  it("takes the rule that asks for more headers, whatever the order, then the first in the list", async () => {
    const rehearsal = await up(100, { page: true });
    rehearsal.changeWorld((world) => {
      const route = world.get(ROUTE, key("pathfinity-production/web"))!;
      const spec = fields(route.properties.spec);
      const rules = items(spec.rules).toReversed();
      world.put({ ...route, properties: { ...route.properties, spec: { ...spec, rules } } });
    });
    assert.deepEqual(met(rehearsal, { path: "/", headers: { [COLOR_HEADER]: "blue" } }), [["blue", "web", 1, 200]]);
    assert.deepEqual(
      met(rehearsal, { path: "/" }),
      [["green", "web", 1, 200]],
      "the weights stand before the page now",
    );
  });

  it("takes an exact path before a prefix, and the longest prefix, whichever route is older", async () => {
    const rehearsal = await up(0);
    const workload = (path: string) => met(rehearsal, { path })[0]![1];
    const move = (paths: Json[]) =>
      rehearsal.changeWorld((world) => {
        const route = world.get(ROUTE, key("pathfinity-production/web"))!;
        const spec = fields(route.properties.spec);
        const matches = paths.map((path) => ({ path }));
        const rules = items(spec.rules).map((rule) => ({ ...rule, matches }));
        world.put({ ...route, properties: { ...route.properties, spec: { ...spec, rules } } });
      });
    move([
      { type: "PathPrefix", value: "/api/web" },
      { type: "Exact", value: "/api" },
    ]);
    assert.deepEqual(["/api/web/a", "/api", "/api/other", "/health"].map(workload), ["web", "web", "api", "api"]);
    move([{ type: "PathPrefix", value: "/health" }]);
    assert.deepEqual(["/health", "/health/a"].map(workload), ["api", "web"]);
  });

  it("answers 500 for the part of a color whose namespace does not grant it, as the Gateway API says", async () => {
    const rehearsal = await up(10);
    rehearsal.changeWorld((world) => world.remove(GRANT, key("pathfinity-green/routes")));
    assert.deepEqual(met(rehearsal, { path: "/" }), [
      ["blue", "web", 0.9, 200],
      ["green", "web", 0.1, 500],
    ]);
    assert.equal(capacity(entryOf(rehearsal.world, REGION))["green"]!["web"], 0);
  });

  it("answers 503 for the part of a color without pods", async () => {
    const rehearsal = await up(10, { pods: { blue: 2, green: 0 } });
    assert.deepEqual(met(rehearsal, { path: "/" })[1], ["green", "web", 0.1, 503]);
  });

  it("answers 404 for other hosts, and moves what is not encrypted", async () => {
    const rehearsal = await up(10);
    assert.deepEqual(met(rehearsal, { path: "/", host: "other.example" }), [[undefined, undefined, 1, 404]]);
    assert.deepEqual(met(rehearsal, { path: "/", port: 80 }), [[undefined, undefined, 1, 301]]);
  });

  it("routes through a gateway of somebody else", async () => {
    const rehearsal = await up(10, { given: true });
    assert.deepEqual(met(rehearsal, { path: "/" })[1], ["green", "web", 0.1, 200]);
  });

  it("does not let routes of another namespace in where the gateway says so", async () => {
    const rehearsal = await up(10);
    rehearsal.changeWorld((world) => {
      const route = world.get(ROUTE, key("pathfinity-production/web"))!;
      const spec = fields(route.properties.spec);
      const parentRefs = [{ name: "pathfinity", namespace: "pathfinity-production", sectionName: "https" }];
      world.put({
        ...route,
        id: key("pathfinity-blue/web"),
        properties: { ...route.properties, spec: { ...spec, parentRefs } },
      });
      world.remove(ROUTE, route.id);
    });
    assert.deepEqual(met(rehearsal, { path: "/" }), [[undefined, undefined, 1, 404]]);
  });

  it("answers everybody but testers with the page while it is on, and keeps the weights behind it", async () => {
    const [off, on] = [await up(10, { page: false }), await up(10, { page: true })];
    assert.equal(met(off, { path: "/" }).length, 2);
    assert.deepEqual(met(off, { path: "/api", headers: { [COLOR_HEADER]: "page" } }), [[undefined, undefined, 1, 503]]);
    for (const path of ["/", "/api", "/api/users"]) {
      assert.deepEqual(met(on, { path }), [[undefined, undefined, 1, 503]]);
      assert.deepEqual(met(on, { path, headers: { [COLOR_HEADER]: "green" } })[0]![0], "green");
      assert.equal(met(on, { path, headers: { [COLOR_HEADER]: "weighted" } }).length, 2);
    }
    assert.deepEqual(greenWeights(on.world), { [REGION]: 10 });
    const { page, synthetic, share } = lookAt(on.world)[REGION]!["web"]!;
    assert.deepEqual([page, share, synthetic], [1, { blue: 0, green: 0 }, { blue: 0.9, green: 0.1 }]);
  });

  it("has targets that fail, and weights that somebody moves by hand", async () => {
    const rehearsal = await up(10);
    rehearsal.changeWorld((world) => failTargets(world, REGION, ["green"], true));
    assert.deepEqual(met(rehearsal, { path: "/" })[1], ["green", "web", 0.1, 503]);
    assert.equal(lookAt(rehearsal.world)[REGION]!["web"]!.ready.green, 0);
    rehearsal.changeWorld((world) => failTargets(world, REGION, ["green"], false));
    rehearsal.changeWorld((world) => giveWeight(world, REGION, "green", 77));
    assert.deepEqual(greenWeights(rehearsal.world), { [REGION]: 77 });
    assert.deepEqual(met(rehearsal, { path: "/" })[1], ["green", "web", 0.77, 200]);
  });

  it("reads back whatever weights a route has", async () => {
    const rehearsal = await up(0);
    const weight = fc.integer({ min: 0, max: 1_000_000 });
    fc.assert(
      fc.property(weight, weight, (blue, green) => {
        fc.pre(blue + green > 0);
        const given: Record<string, number> = { "pathfinity-blue": blue, "pathfinity-green": green };
        rehearsal.changeWorld((world) => {
          for (const name of ["api", "web"]) {
            const route = world.get(ROUTE, key(`pathfinity-production/${name}`))!;
            const spec = fields(route.properties.spec);
            const rules = items(spec.rules).map((rule) => ({
              ...rule,
              backendRefs: items(rule.backendRefs).map((each) => ({ ...each, weight: given[text(each.namespace)]! })),
            }));
            world.put({ ...route, properties: { ...route.properties, spec: { ...spec, rules } } });
          }
        });
        const read = weights(entryOf(rehearsal.world, REGION))!;
        assert.ok(Math.abs(read.green! - (100 * green) / (blue + green)) < 1e-9);
      }),
      { numRuns: 50 },
    );
  });
});

describe("the stand-in for a Service that switches", function () {
  this.timeout(60_000);

  it("leads everybody to one color, and testers to either by its own name", async () => {
    for (const [green, color] of [
      [0, "blue"],
      [100, "green"],
    ] as const) {
      const rehearsal = await up(green, { kind: "service-switch" });
      const request = { path: "/", port: 80 };
      assert.deepEqual(met(rehearsal, { ...request, host: "api-active.pathfinity-production.svc.cluster.local" }), [
        [color, "api", 1, 200],
      ]);
      assert.deepEqual(greenWeights(rehearsal.world), { [REGION]: green });
      for (const each of ["blue", "green"]) {
        assert.equal(unreachable(rehearsal.world, each), undefined);
      }
      assert.deepEqual(lookAt(rehearsal.world)[REGION]!["api"]!.ready, { blue: 4, green: 4 });
    }
  });

  it("says which color cannot be reached", async () => {
    const rehearsal = await up(0, { kind: "service-switch", pods: { blue: 2, green: 0 } });
    assert.match(unreachable(rehearsal.world, "green")!, /meets green api in westeurope, with status 503/);
    assert.equal(unreachable(rehearsal.world, "blue"), undefined);
  });

  it("is switched by hand, and fails with its targets", async () => {
    const rehearsal = await up(0, { kind: "service-switch" });
    rehearsal.changeWorld((world) => giveWeight(world, REGION, "green", 77));
    assert.deepEqual(greenWeights(rehearsal.world), { [REGION]: 100 });
    rehearsal.changeWorld((world) => failTargets(world, REGION, ["green"], true));
    assert.equal(lookAt(rehearsal.world)[REGION]!["web"]!.ready.green, 0);
  });
});
