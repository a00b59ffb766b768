import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { Controller } from "../../rollout/controller";
import { LEASE_SECONDS, type ControllerPorts } from "../../rollout/controller/ports";
import { folderJournal, thisHolder } from "../../rollout/journal";
import { createReader } from "../../rollout/metrics/reader";
import { planOf } from "../../rollout/plan";
import { rolloutSchema } from "../../stacks/config/rollout";
import { COLORS } from "../../stacks/config/fields";
import { RELEASE } from "../rollout/support/plans";
import { missingPrograms, PrometheusServer } from "./prometheusServer";
import { Proxy, ProxyEngine, proxyReader } from "./traffic/proxy";
import { Service, Users } from "./traffic/services";

const REGIONS = { north: 60, south: 40 };
const PER_SECOND = 50;
/** A release must be seen before the users' part of it grows: eight seconds a stage are enough for a loopback. */
const SOAK = "8s";

const missing = [
  ...(spawnSync("haproxy", ["-v"]).error === undefined ? [] : ["haproxy"]),
  ...missingPrograms().filter((program) => program === "prometheus"),
];
const suite = missing.length === 0 ? describe : describe.skip;
const why = missing.length === 0 ? "" : ` (skipped: ${missing.join(" and ")} not found; Debian's packages have them)`;

suite(`a rollout of real traffic, through a real proxy, judged on a real Prometheus${why}`, function () {
  this.timeout(180_000);
  let folder: string;
  let services: Service[];
  let proxy: Proxy;
  let prometheus: PrometheusServer;
  let users: Users;

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), "cutover-traffic-"));
    services = Object.keys(REGIONS).flatMap((region) => COLORS.map((color) => new Service(region, color)));
    await Promise.all(services.map((service) => service.start()));
    proxy = new Proxy(folder, services);
    await proxy.start();
    prometheus = await PrometheusServer.scraping(
      services.map(({ port }) => port),
      "500ms",
    );
    users = new Users(Object.values(proxy.ports));
    users.start(PER_SECOND);
  });
  afterEach(async () => {
    await users.stop();
    await prometheus.stop();
    await proxy.stop();
    await Promise.all(services.map((service) => service.stop()));
    rmSync(folder, { recursive: true, force: true });
  });

  async function controller(onRecord: ControllerPorts["onRecord"]): Promise<Controller> {
    const total = 'sum(rate(http_requests_total{color="$color",region=~"$region"}[$window]))';
    const failed = 'sum(rate(http_requests_failed_total{color="$color",region=~"$region"}[$window]))';
    const gates = ["error-rate < 1"];
    const config = rolloutSchema.parse({
      release: RELEASE,
      databaseChange: false,
      plan: "quick",
      plans: {
        quick: {
          strategy: "blue-green",
          steps: [
            { share: 10, soak: SOAK, maxSoak: "60s" },
            { share: 50, soak: SOAK, maxSoak: "60s", gates },
            { share: 100 },
          ],
          validate: { soak: SOAK, maxSoak: "60s", gates },
          rollbackWindow: "4s",
          triggers: ["errors"],
        },
      },
      interval: "1s",
      sources: { prometheus: { kind: "prometheus", url: prometheus.url, timeout: "2s" } },
      metrics: {
        "error-rate": {
          source: "prometheus",
          query: `100 * ${failed} / ${total}`,
          unit: "%",
          window: "3s",
          requests: "requests",
          minRequests: 2,
        },
        requests: { source: "prometheus", query: total.replace("rate", "increase"), window: "3s" },
      },
      triggers: { errors: { when: "error-rate > 5", for: "2s" } },
    });
    const plan = planOf(config, {
      active: "blue",
      stacks: { application: "the-application", traffic: "the-routers" },
      regions: REGIONS,
      releases: {},
    });
    const journal = folderJournal(folder, "the-routers");
    const ports: ControllerPorts = {
      engine: new ProxyEngine(proxy, "the-routers"),
      journal,
      clock: {
        now: () => Date.now(),
        sleep: async (milliseconds, signal) => {
          await wait(milliseconds, undefined, { signal }).catch(() => undefined);
        },
      },
      metrics: createReader({ config, plan, env: {} }),
      routers: proxyReader(proxy),
      prober: { unreachable: async () => undefined },
      hooks: { run: async () => ({ ok: true, output: "" }) },
      notifier: { tell: async () => [] },
      onRecord,
    };
    return Controller.start(ports, await journal.acquire(thisHolder("test"), LEASE_SECONDS), plan, "ada");
  }

  it("promotes a healthy release without one failed request", async () => {
    const running = await controller(() => undefined);
    await running.watch();
    assert.equal(running.state.outcome?.outcome, "promoted", running.state.outcome?.reason);
    assert.deepEqual(await proxy.weights(), { north: 100, south: 100 });
    await wait(1_000);
    const { failed, requests, byColor } = users.met;
    assert.equal(failed, 0, `${failed} of ${requests} requests failed`);
    assert.ok((byColor["green"] ?? 0) > 100 && (byColor["blue"] ?? 0) > 100, JSON.stringify(byColor));
  });

  it("takes everybody back when the candidate fails in one region, and nobody meets it after that", async () => {
    let back = 0;
    const running = await controller((record, state) => {
      if (record.type === "stage-begun" && record.stage === "shift-50") {
        services.find(({ region, color }) => region === "south" && color === "green")!.errors = 0.5;
      }
      if (back === 0 && state.rollback?.backAt !== undefined) {
        back = Date.now();
      }
    });
    await running.watch();
    const { outcome, rollback } = running.state;
    assert.equal(outcome?.outcome, "rolled-back");
    assert.match(outcome.reason, /error-rate .* in south/);
    assert.deepEqual(await proxy.weights(), { north: 0, south: 0 });
    const { failed, requests } = users.met;
    assert.ok(failed > 0 && failed < requests / 10);
    await wait(500);
    const before = users.met.failed;
    await wait(2_000);
    assert.equal(users.met.failed, before, "nobody meets the candidate any more");
    const seconds = (back - rollback!.evidence!.at!) / 1000;
    console.log(
      `      ${seconds.toFixed(1)} s from the sample that broke the rule to 0 %; ${failed} of ${requests} requests failed`,
    );
  });
});
