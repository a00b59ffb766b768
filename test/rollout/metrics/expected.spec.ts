import assert from "node:assert/strict";
import fc from "fast-check";
import { TOTAL } from "../../../rollout/core/plan";
import { judge } from "../../../rollout/judge";
import { atLeast, expectations, unreachableMinimums, type Expectation } from "../../../rollout/metrics/expected";
import { Chance } from "../../../scripts/judge/series";
import { productionPlan, productionRollout } from "./productionPlan";

const CONFIG = productionRollout();

function find(all: readonly Expectation[], stage: string, scope: string): Expectation {
  const found = all.find((each) => each.stage === stage && each.scope === scope);
  assert.ok(found, `${stage} in ${scope}`);
  return found;
}

describe("what to expect of a stage", () => {
  const expected = expectations(productionPlan("blue-green"), CONFIG, 20_000);

  it("is the region's part of the share, for as long as it is watched", () => {
    // 20 000 a minute, 10 % to the candidate, five minutes.
    assert.equal(Math.round(find(expected, "shift-10", TOTAL).requests), 10_000);
    assert.equal(Math.round(find(expected, "shift-10", "ap-southeast-1").requests), 1_000);
    assert.equal(Math.round(find(expected, "validate", TOTAL).requests), 300_000);
  });

  it("is a load generator's requests alone behind the maintenance page", () => {
    const plan = productionPlan("blue-green");
    const stages = plan.stages.map((stage) => (stage.name === "shift-10" ? { ...stage, page: true as const } : stage));
    const behind = expectations({ ...plan, stages, syntheticPerMinute: 600 }, CONFIG, 20_000);
    assert.equal(Math.round(find(behind, "shift-10", TOTAL).requests), 300);
    assert.equal(Math.round(find(behind, "validate", TOTAL).requests), 300_000);
    assert.ok(unreachableMinimums(behind).some((text) => text.startsWith("shift-10, ap-southeast-1: error-rate < 1")));
  });

  it("leaves out regions that stand by, and stages that are not watched", () => {
    assert.ok(expected.every(({ scope }) => scope !== "eu-central-1"));
    assert.deepEqual(
      [...new Set(expected.map(({ stage }) => stage))],
      ["shift-10", "shift-30", "shift-50", "validate", "watch"],
    );
  });

  it("says what the requests could show, as long as the active color has some to compare with", () => {
    const [small, large] = ["ap-southeast-1", TOTAL].map((scope) => find(expected, "shift-10", scope).detectable!);
    assert.ok(large! < small!);
    assert.equal(find(expected, "validate", TOTAL).detectable, undefined);
  });

  it("is a rise of the error rate that the judge finds in four of five releases with it", () => {
    const { requests, detectable } = find(expected, "shift-10", TOTAL);
    const [candidate, baseline] = [Math.round(requests), 9 * Math.round(requests)];
    const chance = new Chance(1, "rise");
    let seen = 0;
    for (let run = 0; run < 200; run += 1) {
      const count = (total: number, rate: number) => ({ events: chance.binomial(total, rate), total });
      const [own, other] = [count(candidate, 0.001 + detectable! / 100), count(baseline, 0.001)];
      const { metrics } = judge({ metrics: [{ name: "errors", worse: "higher", candidate: own, baseline: other }] });
      seen += Number(metrics[0]!.result === "high");
    }
    assert.ok(seen >= 140 && seen <= 185, `${seen} of 200`);
  });

  it("shows less in a stage that is judged: every test of every look has a part of the alpha", () => {
    const plan = productionPlan("canary");
    const { judge: _, ...unjudged } = plan;
    const rise = (of: typeof plan, stage: string) => find(expectations(of, CONFIG, 20_000), stage, TOTAL).detectable!;
    assert.ok(rise(plan, "early-adopters") > 1.3 * rise(unjudged, "early-adopters"));
    assert.equal(rise(plan, "beta-users"), rise(unjudged, "beta-users"));
  });

  it("lets both plans of production pass", () => {
    for (const name of Object.keys(CONFIG.plans)) {
      assert.deepEqual(unreachableMinimums(expectations(productionPlan(name), CONFIG, CONFIG.requestsPerMinute!)), []);
    }
  });

  it("names the stage and the region that cannot reach a minimum, and what would help", () => {
    const sentences = unreachableMinimums(expectations(productionPlan("canary"), CONFIG, 10_000));
    assert.equal(
      sentences[0],
      "internal-testing, ap-southeast-1: latency-p95-1h < 2 needs 100 of green in 3600 s " +
        "(cutover:rollout.metrics.latency-p95-1h.minRequests), and about 60 come; it needs a larger share, a longer window or a longer maxSoak",
    );
    assert.ok(sentences.some((each) => each.startsWith(`internal-testing, ${TOTAL}: error-rate-all-1h`)));
    assert.ok(!sentences.some((each) => each.startsWith("gradual-rollout")));
  });

  it("asks a metric of all regions together for its minimum there alone", () => {
    const canary = expectations(productionPlan("canary"), CONFIG, 20_000);
    const gates = (scope: string) => find(canary, "internal-testing", scope).minimums.map(({ metric }) => metric);
    assert.deepEqual(gates("us-east-1"), ["latency-p95-1h"]);
    assert.deepEqual(gates(TOTAL), ["error-rate-all-1h", "latency-p95-1h"]);
  });

  it("counts what is no request by its own figure, in both colors where they are compared", () => {
    const canary = expectations(productionPlan("canary"), CONFIG, 20_000);
    const engagement = find(canary, "early-adopters", "ap-southeast-1").minimums.filter(
      ({ metric }) => metric === "engagement",
    );
    // 1000 sessions a minute, a tenth in the region, 5 % and 95 % of them, over a day.
    assert.deepEqual(
      engagement.map(({ color, expected: count }) => [color, Math.round(count)]),
      [
        ["green", 7_200],
        ["blue", 136_800],
      ],
    );
  });

  it("is nothing in a region that does not serve the candidate yet", () => {
    const config = structuredClone(CONFIG);
    config.plans["blue-green"]!.steps.unshift({
      ...config.plans["blue-green"]!.steps[0]!,
      name: "lead",
      regions: ["us-east-1"],
    });
    const lead = expectations(productionPlan("blue-green", config), config, 20_000);
    assert.deepEqual(find(lead, "lead", "eu-west-1"), { stage: "lead", scope: "eu-west-1", requests: 0, minimums: [] });
    assert.equal(Math.round(find(lead, "lead", TOTAL).requests), 4_000);
    assert.deepEqual(unreachableMinimums(lead), []);
  });

  it("counts the time that the first window takes to fill", () => {
    const config = structuredClone(CONFIG);
    config.plans["canary"]!.steps[0]!.maxSoak = "1h45m";
    // 1000 of 1200 in an hour: fifty minutes, and then an hour of samples.
    assert.match(
      unreachableMinimums(expectations(productionPlan("canary", config), config, 20_000)).join("\n"),
      /internal-testing, total/,
    );
    config.plans["canary"]!.steps[0]!.maxSoak = "2h";
    assert.deepEqual(unreachableMinimums(expectations(productionPlan("canary", config), config, 20_000)), []);
  });
});

describe("the chance of at least so many", () => {
  it("is that of a Poisson distribution", () => {
    assert.ok(Math.abs(atLeast(1, 1) - (1 - Math.exp(-1))) < 1e-12);
    assert.ok(Math.abs(atLeast(3, 2) - (1 - 5 * Math.exp(-2))) < 1e-12);
    assert.equal(atLeast(1, 0), 0);
    assert.equal(atLeast(0, 0), 1);
    assert.equal(atLeast(100, 1e7), 1);
    assert.ok(atLeast(5_000, 5_000) > 0.49 && atLeast(5_000, 5_000) < 0.52);
  });

  it("lies between 0 and 1, grows with the mean and falls with the least", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 2_000 }),
        fc.double({ min: 0.01, max: 3_000, noNaN: true }),
        (least, mean) => {
          const chance = atLeast(least, mean);
          assert.ok(chance >= 0 && chance <= 1);
          assert.ok(atLeast(least + 1, mean) <= chance + 1e-9);
          assert.ok(atLeast(least, mean * 1.1) >= chance - 1e-9);
        },
      ),
    );
  });
});
