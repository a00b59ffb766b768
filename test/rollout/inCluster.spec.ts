import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import * as fc from "fast-check";
import { weightsFor } from "../../components/traffic/split";
import { breakGlass, routerRecords } from "../../rollout/breakGlass";
import type { Found, Json } from "../../rollout/engine";
import { HTTP_ROUTE } from "../../rollout/httpRoute";
import { HeaderProber } from "../../rollout/prober";
import { kindOf, ROUTER_TYPES } from "../../rollout/routerKinds";
import { readShares, routersByRegion, sharesOf } from "../../rollout/routers";
import { SERVICE } from "../../rollout/serviceSwitch";
import { outside, type TouchName } from "../../rollout/touch";
import { clusterProgram, clusterTheater } from "../rehearsal/support/cluster";
import { weighted } from "./rules";
import { step } from "./steps";

const REGIONS = ["northeurope", "westeurope"];

/** What a state has of routers inside clusters. */
async function recorded(kind: "http-route" | "service-switch", green: number): Promise<Found[]> {
  const theater = clusterTheater();
  await theater.up(clusterProgram({ kind, regions: REGIONS, ...(kind === "http-route" ? { page: false } : {}) }), {
    set: { "traffic.green": green },
  });
  return theater.rehearsal.recorded("dev", ROUTER_TYPES);
}

describe("routers inside clusters", function () {
  this.timeout(60_000);
  let routes: Found[];
  let switches: Found[];
  before(async () => {
    routes = await recorded("http-route", 37);
    switches = await recorded("service-switch", 100);
  });

  it("are found by region among gateways' other routes and clusters' other Services", () => {
    for (const [found, type] of [
      [routes, HTTP_ROUTE],
      [switches, SERVICE],
    ] as const) {
      const regions = routersByRegion(found);
      assert.deepEqual(Object.keys(regions).sort(), REGIONS);
      for (const routers of Object.values(regions)) {
        assert.deepEqual(routers.map(({ urn }) => urn.split("-").at(-1)).sort(), ["api", "web"]);
        assert.ok(routers.every((router) => router.type === type));
      }
    }
  });

  it("say which share a color gets", () => {
    assert.deepEqual(sharesOf(routersByRegion(routes), "green").shares, { northeurope: 37, westeurope: 37 });
    assert.deepEqual(sharesOf(routersByRegion(switches), "green").shares, { northeurope: 100, westeurope: 100 });
    assert.deepEqual(sharesOf(routersByRegion(switches), "blue").shares, { northeurope: 0, westeurope: 0 });
  });

  it("are read from the cluster, where somebody may have changed them", async () => {
    const theater = clusterTheater();
    await theater.up(clusterProgram(), { set: { "traffic.green": 10 } });
    const [route] = routersByRegion(await theater.rehearsal.recorded("dev", [HTTP_ROUTE]))["westeurope"]!;
    theater.rehearsal.changeWorld((world) => {
      const thing = [...world.things(HTTP_ROUTE)].find(({ urn }) => urn === route!.urn)!;
      world.put({ ...thing, properties: { ...thing.properties, spec: split(30, 70) } });
    });
    const { shares, problems } = await readShares(theater.rehearsal, "dev", "green");
    assert.deepEqual(shares, {});
    assert.match(problems["westeurope"]!, /gives green \d+ %, and router-westeurope-\w+ \d+ %/);
  });

  it("read back every share that can be set", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1000 }), (tenths) => {
        const { blue, green } = weightsFor("http-route", tenths / 10);
        const read = sharesOf(routersByRegion([route(split(blue, green))]), "green").shares["westeurope"]!;
        assert.ok(Math.abs(read - tenths / 10) < 1e-6);
      }),
    );
    for (const percent of [0, 100]) {
      const to = weightsFor("service-switch", percent).green === 0 ? "blue" : "green";
      const read = sharesOf(routersByRegion([service(`api.pathfinity-${to}.svc.cluster.local`)]), "green");
      assert.equal(read.shares["westeurope"], percent);
    }
  });

  it("are none where two rules split, a header is asked for, or other Services are named", () => {
    const split_ = split(90, 10).rules;
    const twice = { rules: [...split_, ...split_] };
    const header = { rules: [{ ...split_[0], matches: [{ headers: [{ name: "x", value: "y" }] }] }] };
    const foreign = { rules: [{ backendRefs: [{ name: "api", port: 80 }] }] };
    for (const spec of [twice, header, foreign, {}]) {
      assert.equal(kindOf(HTTP_ROUTE)!.splitOf({ spec }), undefined);
    }
    for (const spec of [{ type: "ClusterIP" }, { type: "ExternalName", externalName: "api.example.com" }] as Json[]) {
      assert.equal(kindOf(SERVICE)!.splitOf({ spec }), undefined);
    }
    const unweighted = { rules: [{ backendRefs: split_[0]!.backendRefs.map(({ weight: _, ...ref }) => ref) }] };
    assert.deepEqual(sharesOf(routersByRegion([route(unweighted)]), "green").shares, { westeurope: 50 });
  });

  it("are asked for as testers ask: by path with the header, or a color's Service by its name", async () => {
    const asked: string[] = [];
    const ask = (async (url: string, { headers }: { headers: Record<string, string> }) => {
      asked.push(`${url} ${headers["x-cutover-color"]}`);
      return new Response("hello");
    }) as unknown as typeof fetch;
    const endpoint = (color: string) => ({ url: "https://app.example", header: `x-cutover-color: ${color}` });
    const endpoints = { blue: endpoint("blue"), green: endpoint("green") };
    const region = { weights: { blue: 100, green: 0 }, routers: [], listenerArn: "arn", endpoints };
    const outputs = {
      traffic: { facts: { active: "blue", maintenance: false, testerToken: true }, regions: { westeurope: region } },
    };
    for (const found of [routes, switches]) {
      const engine = { outputs: async () => outputs, recorded: async () => found };
      // Who asks a color's Service by its name passes no edge, and shows nobody the token.
      const environment = found === switches ? {} : { CUTOVER_TESTER_TOKEN: "t" };
      const prober = new HeaderProber(engine, "production", environment, ask);
      assert.equal(await prober.unreachable("green"), undefined);
    }
    assert.deepEqual(asked.sort(), [
      "http://api.pathfinity-green.svc.cluster.local/ undefined",
      "http://web.pathfinity-green.svc.cluster.local/ undefined",
      "https://app.example/ green",
      "https://app.example/api green",
    ]);
  });
});

describe("a shift inside clusters", () => {
  const weight = "spec.rules[3].backendRefs[0].weight";
  const covers = (name: TouchName, ...args: Parameters<typeof step>) => outside([step(...args)], [name]).length === 0;

  it("may change weights of routes, and the color that a switch names", () => {
    assert.ok(covers("weights", "update", HTTP_ROUTE, "router", [weight, "spec.rules[2].backendRefs[1].weight"]));
    assert.ok(covers("weights", "update", SERVICE, "router", ["spec.externalName"]));
  });

  it("fails when it also changes something else, or brings or takes away a router", () => {
    for (const path of [
      "spec.rules[3].backendRefs[0].name",
      "spec.rules[3].backendRefs[0].namespace",
      "spec.rules[3].backendRefs[0]",
      "spec.rules[3].backendRefs",
      "spec.rules[3]",
      "spec.rules[3].matches[0].headers",
      "spec.hostnames[0]",
      "metadata.labels.weight",
    ]) {
      assert.ok(!covers("weights", "update", HTTP_ROUTE, "router", [weight, path]), path);
    }
    assert.ok(!covers("weights", "update", SERVICE, "router", ["spec.externalName", "spec.type"]));
    for (const op of ["create", "replace", "delete"] as const) {
      assert.ok(!covers("weights", op, HTTP_ROUTE, "router", [weight]));
      assert.ok(!covers("weights", op, SERVICE, "router", ["spec.externalName"]));
    }
    assert.ok(!covers("weights", "update", "kubernetes:apps/v1:Deployment", "router", [weight]));
  });

  it("is another thing than the page, which changes what a rule asks for", () => {
    const headers = "spec.rules[2].matches[0].headers";
    assert.ok(covers("maintenance", "update", HTTP_ROUTE, "router", [headers, `${headers}[0].name`]));
    assert.ok(!covers("weights", "update", HTTP_ROUTE, "router", [headers]));
    assert.ok(!covers("maintenance", "update", HTTP_ROUTE, "router", [headers, weight]));
    assert.ok(!covers("maintenance", "update", HTTP_ROUTE, "router", ["spec.rules[2].matches[0].path.value"]));
    assert.ok(!covers("maintenance", "update", SERVICE, "router", ["spec.externalName"]));
  });
});

describe("break-glass inside clusters", function () {
  this.timeout(60_000);

  /** The commands of a script, each as its arguments. */
  function runs(script: string): string[][] {
    const stub = (name: string) => `${name}() { printf '%s\\037' ${name} "$@"; printf '\\n'; }\n`;
    const stubs = ["kubectl", "aws", "pulumi", "cutover"].map(stub).join("");
    const said = execFileSync("sh", ["-c", `${stubs}${script}`], { encoding: "utf8" });
    return said
      .trim()
      .split("\n")
      .map((line) => line.split("\u001f").slice(0, -1));
  }

  it("sets each route's weights, and nothing if somebody has changed the route", async () => {
    const routers = routerRecords(await recorded("http-route", 40));
    const sets = runs(breakGlass(routers, "blue", "production")).filter((words) => words.includes("patch"));
    assert.equal(sets.length, 4);
    assert.deepEqual(sets[0]!.slice(0, 9), [
      "kubectl",
      "--context",
      "pathfinity-northeurope",
      "--namespace",
      "pathfinity-production",
      "patch",
      "httproute",
      "api",
      "--type=json",
    ]);
    assert.deepEqual(JSON.parse(sets[0]!.at(-1)!), [
      { op: "test", path: "/spec/rules/4/backendRefs/0/namespace", value: "pathfinity-blue" },
      { op: "replace", path: "/spec/rules/4/backendRefs/0/weight", value: 100 },
      { op: "test", path: "/spec/rules/4/backendRefs/1/namespace", value: "pathfinity-green" },
      { op: "replace", path: "/spec/rules/4/backendRefs/1/weight", value: 0 },
    ]);
  });

  it("names the color's Service in each switch", async () => {
    const commands = runs(breakGlass(routerRecords(await recorded("service-switch", 100)), "blue", "production"));
    const set = commands.find((words) => words.includes("patch"))!;
    assert.deepEqual(set.slice(5, 8), ["patch", "service", "api-active"]);
    assert.deepEqual(JSON.parse(set.at(-1)!), { spec: { externalName: "api.pathfinity-blue.svc.cluster.local" } });
  });

  it("looks at all routers of a cluster with one command, and says what it needs", async () => {
    const both = [...(await recorded("http-route", 40)), weighted("eu-west-1", "api", 60, 40)];
    const script = breakGlass(routerRecords(both), "blue", "production");
    assert.match(script, /5 routers in 3 regions\. Needs kubectl with the context of each cluster and the AWS CLI/);
    const looks = runs(script).filter((words) => words.includes("get") || words.includes("describe-rules"));
    assert.deepEqual(
      looks.map((words) =>
        words
          .slice(0, 9)
          .join(" ")
          .replace(/arn:.*/, ""),
      ),
      [
        "aws elbv2 describe-rules --region eu-west-1 --rule-arns ",
        "kubectl --context pathfinity-northeurope --namespace pathfinity-production get httproute api web",
        "kubectl --context pathfinity-westeurope --namespace pathfinity-production get httproute api web",
      ],
    );
  });

  it("reads what journals of earlier versions wrote down", () => {
    const [record] = routerRecords([weighted("eu-west-1", "api", 60, 40)]);
    assert.deepEqual(Object.keys(record!).sort(), ["region", "rule", "stickinessSeconds", "targetGroups", "urn"]);
  });
});

function split(blue: number, green: number) {
  const backendRefs = [
    { namespace: "pathfinity-blue", name: "api", port: 80, weight: blue },
    { namespace: "pathfinity-green", name: "api", port: 80, weight: green },
  ];
  return { rules: [{ matches: [{ path: { type: "PathPrefix", value: "/" } }], backendRefs }] };
}

const metadata = { name: "api", namespace: "pathfinity-production", labels: { "cutover/region": "westeurope" } };
const urn = (type: string) => `urn:pulumi:production::cutover::${type}::router-westeurope-api`;
const route = (spec: object): Found =>
  ({
    urn: urn(HTTP_ROUTE),
    type: HTTP_ROUTE,
    id: "pathfinity-production/api",
    properties: { metadata, spec },
  }) as Found;
const service = (externalName: string): Found => ({
  urn: urn(SERVICE),
  type: SERVICE,
  id: "pathfinity-production/api-active",
  properties: { metadata, spec: { type: "ExternalName", externalName } },
});
