import assert from "node:assert/strict";
import { TOTAL, type RolloutPlan } from "../../rollout/core/plan";
import type { Reading, Sample } from "../../rollout/core/sample";
import { createReader } from "../../rollout/metrics/reader";
import { compare, type Condition } from "../../stacks/config/rollout/condition";
import { productionPlan, productionRollout } from "../rollout/metrics/productionPlan";
import { openMetrics, type Behaving } from "./openMetrics";
import { PrometheusServer, missingPrograms } from "./prometheusServer";

const HEALTHY: Behaving = {
  requestsPerMinute: 6_000,
  errors: 0.05,
  slowSeconds: 1,
  crashes: 0.05,
  reportsPerHour: 4,
  engagement: 72,
  flow: 74,
  selectionsPerMinute: 30,
  aiErrors: 1,
  connectionFailures: 0.5,
  cpu: 40,
  memory: 55,
  replicaLag: 2,
};
const BREACHING: Behaving = {
  requestsPerMinute: 6_000,
  errors: 6,
  slowSeconds: 15,
  crashes: 1,
  reportsPerHour: 60,
  engagement: 40,
  flow: 50,
  selectionsPerMinute: 3,
  aiErrors: 95,
  connectionFailures: 20,
  cpu: 92,
  memory: 97,
  replicaLag: 1_200,
};

/** Which region is what for green. */
const [WELL, NEVER_FAILED, ILL, NOTHING, QUIET] = [
  "us-east-1",
  "us-west-2",
  "eu-west-1",
  "ap-southeast-1",
  "eu-central-1",
] as const;
const REGIONS = { [WELL]: 40, [NEVER_FAILED]: 20, [ILL]: 20, [NOTHING]: 10, [QUIET]: 10 };

const START = Date.UTC(2026, 10, 20, 8) / 1000;
const HOUR = 3600;
const END = START + 3 * HOUR;
/** Before the critical alert, and while it fires. */
const CALM = (START + 2 * HOUR) * 1000;
const ALARMED = (START + 3 * HOUR) * 1000;

const missing = missingPrograms();
const suite = missing.length === 0 ? describe : describe.skip;
const why =
  missing.length === 0 ? "" : ` (skipped: ${missing.join(" and ")} not found; Debian's package prometheus has both)`;

suite(`production's queries on a real Prometheus${why}`, () => {
  const production = productionRollout();
  let server: PrometheusServer;
  let calm: Sample;
  let alarmed: Sample;

  before(async () => {
    const blue = Object.keys(REGIONS).map((region) => ({ ...HEALTHY, color: "blue", region, replicaLag: undefined }));
    const green = [
      { ...HEALTHY, region: WELL },
      { ...HEALTHY, region: NEVER_FAILED, errors: undefined },
      { ...BREACHING, region: ILL },
      { ...HEALTHY, region: QUIET, requestsPerMinute: 10 },
    ].map((place) => ({ ...place, color: "green" }));
    server = await PrometheusServer.start(openMetrics([...blue, ...green], START, END, START + 2.5 * HOUR));
    [calm, alarmed] = (await reader().samples([CALM, ALARMED])) as [Sample, Sample];
  });
  after(() => server?.stop());

  /** A reader of everything that production takes from Prometheus, for either color. */
  function reader() {
    const names = Object.keys(production.metrics).filter((name) => production.metrics[name]!.source === "prometheus");
    const wanted = names.flatMap((metric) =>
      (["green", "blue"] as const).map((color) => ({ metric, color, scopes: [...Object.keys(REGIONS), TOTAL] })),
    );
    const config = {
      metrics: production.metrics,
      sources: { prometheus: { kind: "prometheus" as const, url: server.url, timeout: "10s" } },
    };
    return createReader({ config, plan: { wanted, regions: REGIONS, intervalSeconds: 30 }, env: {} });
  }

  function find(sample: Sample, metric: string, scope: string, color = "green"): Reading {
    const found = sample.readings.find(
      (each) => each.metric === metric && each.scope === scope && each.color === color,
    );
    assert.ok(found, `${metric} of ${color} in ${scope}`);
    return found;
  }

  function near(sample: Sample, metric: string, scope: string, value: number): void {
    const reading = find(sample, metric, scope);
    assert.ok(reading.value !== undefined, `${metric} in ${scope}: ${reading.silence} ${reading.error ?? ""}`);
    // increase() extrapolates to the ends of its window.
    assert.ok(
      Math.abs(reading.value - value) <= 0.02 * value + 1e-9,
      `${metric} in ${scope} is ${reading.value}, not ${value}`,
    );
  }

  /** What gates and triggers of both plans are about, and whether they are to hold. */
  function conditions(of: (plan: RolloutPlan) => { condition: Condition; text: string }[]) {
    return Object.keys(production.plans)
      .flatMap((name) => of(productionPlan(name)))
      .filter(({ condition }) => production.metrics[condition.metric]!.source === "prometheus");
  }
  const gates = conditions(({ stages }) => stages.flatMap((stage) => stage.gates));
  const triggers = conditions((plan) => [...plan.triggers]);

  function holds(sample: Sample, { metric, comparison, limit, baseline }: Condition, scope: string): boolean {
    const value = find(sample, metric, scope).value;
    assert.ok(value !== undefined, `${metric} in ${scope}: ${find(sample, metric, scope).silence}`);
    return compare(value, comparison, baseline ? limit * find(sample, metric, scope, "blue").value! : limit);
  }

  it("are all answered without an error", () => {
    assert.ok(calm.readings.length > 150);
    assert.deepEqual(
      [...calm.readings, ...alarmed.readings].filter(
        ({ silence }) => silence === "error" || silence === "stale" || silence === "nan",
      ),
      [],
    );
  });

  it("measure a healthy region as it is", () => {
    for (const [metric, value] of Object.entries({
      requests: 6_000,
      "requests-1h": 360_000,
      "error-rate": 0.05,
      "error-rate-1h": 0.05,
      "sessions-begun": 18_000,
      "crash-rate": 0.05,
      "user-reports": 4,
      engagement: 72,
      "flow-state": 74,
      "career-selections": 30,
      "sessions-begun-15m": 4_500,
      "sessions-engaged-15m": 3_240,
      "flow-state-15m": 74,
      // 30 a minute, of 300 sessions.
      "career-selections-per-session-15m": 0.1,
      "ai-calls": 600,
      "ai-error-rate": 1,
      "database-connection-failures": 0.5,
      cpu: 40,
      memory: 55,
      "open-incidents": 0,
    })) {
      near(calm, metric, WELL, value);
    }
    assert.ok(find(calm, "latency-p95", WELL).value! < 1);
  });

  it("measure a failing region as it is", () => {
    for (const [metric, value] of Object.entries({
      "error-rate": 6,
      "error-rate-1h": 6,
      "crash-rate": 1,
      "user-reports": 60,
      engagement: 40,
      "flow-state": 50,
      "ai-error-rate": 95,
      "database-connection-failures": 20,
      cpu: 92,
      memory: 97,
    })) {
      near(alarmed, metric, ILL, value);
    }
    assert.ok(find(alarmed, "latency-p95", ILL).value! > 10);
    near(alarmed, "open-incidents", ILL, 1);
  });

  it("measure the total over all regions", () => {
    near(calm, "requests", TOTAL, 18_010);
    // 3 + 0 + 360 of 18 010, and hardly any of the quiet region.
    near(calm, "error-rate", TOTAL, (100 * 363) / 18_010);
  });

  it("let every gate pass and no trigger fire in a healthy region", () => {
    assert.ok(gates.length > 20 && triggers.length > 8);
    for (const { condition, text } of gates) {
      assert.ok(holds(calm, condition, WELL), `gate ${text}`);
    }
    for (const { condition, text } of triggers) {
      assert.ok(!holds(calm, condition, WELL), `trigger ${text}`);
    }
  });

  it("fail every gate and meet every trigger in a failing one", () => {
    for (const { condition, text } of gates) {
      assert.ok(!holds(alarmed, condition, ILL), `gate ${text}`);
    }
    for (const { condition, text } of triggers) {
      assert.ok(holds(alarmed, condition, ILL), `trigger ${text}`);
    }
  });

  it("say nothing in a region that exposes nothing, though others do", () => {
    const regional = Object.keys(production.metrics).filter(
      (name) =>
        production.metrics[name]!.query.includes("$region") && production.metrics[name]!.source === "prometheus",
    );
    assert.ok(regional.length > 15);
    for (const metric of regional) {
      assert.equal(find(calm, metric, NOTHING).silence, "empty", metric);
    }
  });

  it("read counters that have not counted yet as 0 where requests are there", () => {
    near(calm, "error-rate", NEVER_FAILED, 0);
    near(calm, "error-rate-1h", NEVER_FAILED, 0);
  });

  it("say that requests are few where they are", () => {
    for (const metric of ["error-rate", "latency-p95", "error-rate-1h", "crash-rate", "engagement", "ai-error-rate"]) {
      assert.equal(find(calm, metric, QUIET).silence, "few", metric);
    }
    assert.ok(Math.abs(find(calm, "error-rate", QUIET).requests! - 10) < 0.5);
  });

  it("say nothing two minutes after the last scrape, and do not show what is gone", async () => {
    const [late] = await reader().samples([(END + 120) * 1000]);
    for (const metric of [
      "requests",
      "error-rate",
      "latency-p95",
      "ai-error-rate",
      "database-connection-failures",
      "cpu",
      "memory",
    ]) {
      assert.equal(find(late!, metric, WELL).silence, "empty", metric);
    }
  });

  it("say the same of a moment whether it is asked for alone or among others", async () => {
    const moments = [CALM - 60_000, CALM - 30_000, CALM];
    const [alone] = await reader().samples([CALM]);
    const among = await reader().samples(moments);
    assert.deepEqual(
      among.map(({ at }) => at),
      moments,
    );
    assert.deepEqual(among[2], alone);
  });

  it("fail by an error that names the labels where a query forgets its sum", async () => {
    const metrics = {
      cpu: { ...production.metrics["cpu"]!, query: 'http_requests_total{color="$color",region="$region"}' },
    };
    const broken = createReader({
      config: { sources: { prometheus: { kind: "prometheus", url: server.url, timeout: "10s" } }, metrics },
      plan: { wanted: [{ metric: "cpu", color: "green", scopes: [WELL] }], regions: REGIONS, intervalSeconds: 30 },
      env: {},
    });
    const [sample] = await broken.samples([CALM]);
    assert.match(
      sample!.readings[0]!.error!,
      /gives 2 series \(http_requests_total\{color="green",pod="a",region="us-east-1"/,
    );
  });
});
