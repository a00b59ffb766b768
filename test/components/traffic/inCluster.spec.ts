import assert from "node:assert/strict";
import * as fc from "fast-check";
import { pathMatch, unmatchable } from "../../../components/traffic/paths";
import { inexpressible, weightsFor } from "../../../components/traffic/split";
import type { Json, Plan, Step } from "../../../rollout/engine";
import { changed, outside } from "../../../rollout/touch";
import { Asker } from "../../rehearsal/clouds/ask";
import { find, misplaced, record } from "../../support/recorder";
import { clusterProgram, clusterTheater, type ClusterSettings } from "../../rehearsal/support/cluster";

const ROUTE = "kubernetes:gateway.networking.k8s.io/v1:HTTPRoute";
const GRANT = "kubernetes:gateway.networking.k8s.io/v1beta1:ReferenceGrant";

describe("the split of traffic inside a cluster", () => {
  it("is written for a route as for an ALB: percentages, and thousandths where one is finer", () => {
    assert.deepEqual(weightsFor("http-route", 37), { blue: 63, green: 37 });
    assert.deepEqual(weightsFor("http-route", 0.1), { blue: 999, green: 1 });
    assert.match(inexpressible("http-route", 0.05)!, /0\.05 % cannot be routed.*HTTPRoute.*0\.1 %/);
  });

  it("is all or nothing without a gateway", () => {
    assert.deepEqual(weightsFor("service-switch", 0), { blue: 100, green: 0 });
    assert.deepEqual(weightsFor("service-switch", 100), { blue: 0, green: 100 });
    fc.assert(
      fc.property(fc.double({ min: 0, max: 100, noNaN: true }), (percent) => {
        fc.pre(percent !== 0 && percent !== 100);
        assert.match(inexpressible("service-switch", percent)!, /cannot be routed: a Service names one color/);
      }),
    );
  });
});

describe("the paths of a route", () => {
  it("are prefixes of whole elements, or exact", () => {
    assert.deepEqual(pathMatch("/*"), { type: "PathPrefix", value: "/" });
    assert.deepEqual(pathMatch("/api/*"), { type: "PathPrefix", value: "/api" });
    assert.deepEqual(pathMatch("/health"), { type: "Exact", value: "/health" });
    assert.deepEqual(pathMatch("/"), { type: "Exact", value: "/" });
  });

  it("fail where no gateway can be relied on", () => {
    for (const pattern of ["", "api", "*", "/a*", "/*.js", "/a?c", "/a//b", "//*", "/a b"]) {
      assert.match(unmatchable(pattern)!, /cannot be matched by an HTTPRoute/, pattern);
      assert.throws(() => pathMatch(pattern), RangeError);
    }
  });
});

describe("a router inside a cluster", function () {
  this.timeout(60_000);

  /** What an `up` would change, from one share to another. */
  async function shift(from: number, to: number, settings: ClusterSettings = {}): Promise<Step[]> {
    const theater = clusterTheater();
    await theater.up(clusterProgram(settings), { set: { "traffic.green": from } });
    const plan = await theater.preview(clusterProgram(settings), { set: { "traffic.green": to } });
    return changed(plan.steps);
  }

  it("changes weights of its routes in a shift, and nothing else", async () => {
    for (const [from, to] of [
      [0, 10],
      [10, 0.1],
      [50, 100],
      [100, 0],
    ] as const) {
      const steps = await shift(from, to, { page: false });
      assert.deepEqual(
        steps.map(({ type }) => type),
        [ROUTE, ROUTE],
      );
      for (const { diff } of steps) {
        assert.ok(
          diff.every((path) => /^spec\.rules\[\d\]\.backendRefs\[[01]\]\.weight$/.test(path)),
          diff.join(),
        );
      }
      assert.deepEqual(outside(steps, ["weights"]), []);
      assert.equal(outside(steps, ["maintenance"]).length, 2);
    }
  });

  it("changes one name of each Service where there is no gateway", async () => {
    const steps = await shift(0, 100, { kind: "service-switch" });
    assert.deepEqual(
      steps.map(({ diff }) => diff),
      [["spec.externalName"], ["spec.externalName"]],
    );
    assert.deepEqual(outside(steps, ["weights"]), []);
  });

  it("refuses a share between the colors where there is no gateway", async () => {
    await assert.rejects(shift(0, 10, { kind: "service-switch" }), /10 % cannot be routed: a Service names one color/);
  });

  it("turns the page on by what its rule asks for, and moves nobody with it", async () => {
    const theater = clusterTheater();
    await theater.up(clusterProgram({ page: false }), { set: { "traffic.green": 10 } });
    const steps = changed(
      (await theater.preview(clusterProgram({ page: true }), { set: { "traffic.green": 10 } })).steps,
    );
    assert.deepEqual(
      steps.map(({ type }) => type),
      [ROUTE, ROUTE],
    );
    assert.deepEqual(outside(steps, ["maintenance"]), []);
    assert.equal(outside(steps, ["weights"]).length, 2);
  });

  it("shifts one region and leaves the other alone", async () => {
    const regions = ["northeurope", "westeurope"];
    const theater = clusterTheater();
    await theater.up(clusterProgram({ regions }));
    const { steps } = await theater.preview(clusterProgram({ regions }), {
      set: { "traffic.regions": { westeurope: 10 } },
    });
    assert.deepEqual(
      changed(steps)
        .map(({ urn }) => urn.split("::").at(-1))
        .sort(),
      ["router-westeurope-api", "router-westeurope-web"],
    );
  });

  it("needs its grants before its routes", async () => {
    const { resources } = await record(() => clusterProgram()());
    const grants = ["blue", "green"].map((color) => find(resources, GRANT, `-${color}-grant`).urn);
    for (const workload of ["api", "web"]) {
      const { dependencies } = find(resources, ROUTE, `-${workload}`);
      assert.ok(grants.every((urn) => dependencies.includes(urn)));
    }
    assert.deepEqual(misplaced(resources.filter(({ name }) => name.startsWith("router-"))), []);
  });

  it("grants nothing but routed Services, to nobody but routes", async () => {
    const plan = await clusterTheater().up(clusterProgram());
    assert.deepEqual(inputs(plan, "router-westeurope-green-grant")["spec"], {
      from: [{ group: "gateway.networking.k8s.io", kind: "HTTPRoute", namespace: "pathfinity-production" }],
      to: ["api", "web"].map((name) => ({ group: "", kind: "Service", name })),
    });
  });

  it("names its region and how to reach it, for whoever has to set it without Pulumi", async () => {
    for (const kind of ["http-route", "service-switch"] as const) {
      const plan = await clusterTheater().up(clusterProgram({ kind }));
      const { labels, annotations } = inputs(plan, "router-westeurope-api")["metadata"] as Record<string, Json>;
      assert.equal((labels as Record<string, Json>)["cutover/region"], "westeurope");
      assert.equal((annotations as Record<string, Json>)["cutover/context"], "pathfinity-westeurope");
    }
  });
});

describe("the API of a cluster", function () {
  this.timeout(60_000);
  const REFUSED: readonly (readonly [what: string, change: (spec: any) => void, reason: RegExp])[] = [
    ["a weight above a million", (spec) => (spec.rules[2].backendRefs[0].weight = 1_000_001), /0 to 1000000/],
    ["a negative weight", (spec) => (spec.rules[2].backendRefs[0].weight = -1), /weight: Invalid value: -1/],
    [
      "a Service without a port",
      (spec) => delete spec.rules[2].backendRefs[0].port,
      /Must have port for Service reference/,
    ],
    [
      "a backend without a name",
      (spec) => delete spec.rules[2].backendRefs[0].name,
      /backendRefs\[0\]\.name.*Required/,
    ],
    ["a route without rules", (spec) => (spec.rules = []), /spec\.rules: .* 1 to 16 items/],
    ["more than 16 rules", (spec) => (spec.rules = Array(17).fill(spec.rules[2])), /spec\.rules/],
    [
      "more than 128 matches",
      (spec) => ((spec.rules[2].matches = Array(64).fill({})), (spec.rules[1].matches = Array(64).fill({}))),
      /at most 128/,
    ],
    ["a path that is none", (spec) => (spec.rules[2].matches[0].path.value = "api"), /absolute path/],
    [
      "a header twice",
      (spec) => spec.rules[0].matches[0].headers.push({ name: "X-Cutover-Color", value: "a" }),
      /must differ/,
    ],
  ];

  for (const [what, change, reason] of REFUSED) {
    it(`refuses ${what}`, async () => {
      const asker = new Asker();
      const plan = await clusterTheater().preview(clusterProgram());
      const { spec } = structuredClone(inputs(plan, "router-westeurope-web")) as any;
      change(spec);
      const made = () => asker.create(ROUTE, "web", { metadata: { name: "web", namespace: "default" }, spec });
      assert.throws(made, reason);
    });
  }
});

function inputs(plan: Plan, name: string): Record<string, Json> {
  return plan.steps.find(({ urn }) => urn.endsWith(`::${name}`))!.inputs;
}
