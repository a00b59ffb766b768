import assert from "node:assert/strict";
import { parseFault } from "../../../rehearsal/faults";
import { FAULTS } from "../../../rehearsal/faults";
import { HEALTHY, simulatedReader, type Behaves, type Behavior } from "../../../rehearsal/load";
import { collect, judgeStage, type Series } from "../../../rollout/core/judged";
import type { RolloutPlan } from "../../../rollout/core/plan";
import type { Verdict } from "../../../rollout/judge";
import { config, productionPlan } from "./release";
import { TestLoad, viewOf } from "./world";

const canary = productionPlan("canary");
const names = new Set(canary.judge!.metrics.flatMap(({ of }) => Object.values(of)));
/** Of which nothing is read but what the judge compares, once a minute. */
const plan: RolloutPlan = {
  ...canary,
  intervalSeconds: 60,
  wanted: canary.wanted.filter(({ metric }) => names.has(metric)),
};
const stage = plan.stages.find(({ name }) => name === "early-adopters")!;

/** What the judge says of the first stage that it sees, over a simulated day of production's users. */
async function day(seed: number, behavior: Behaves): Promise<Verdict> {
  const world = new TestLoad({ seed, requestsPerMinute: config.requestsPerMinute, behavior });
  world.set(viewOf({ green: stage.share }));
  const since = world.clock.worldNow;
  const moments = Array.from({ length: stage.soakSeconds / 60 }, () => world.pass(60));
  const series: Series = new Map();
  let before = since;
  for (const sample of await simulatedReader(world.load, config.metrics, plan).samples(moments)) {
    collect(series, plan, sample, since, before);
    before = sample.at;
  }
  return judgeStage(plan, stage, series, 1);
}

/** A release with a fault of the rehearsal, in one region or in all. */
function faulty(text: string): Behaves {
  const { name, region } = parseFault(text);
  const fault = FAULTS[name]!.behavior!;
  return struck(region, (color) => fault(HEALTHY, { hours: 1, color, plan }));
}

function struck(region: string | undefined, of: (color: "blue" | "green") => Partial<Behavior>): Behaves {
  return (where, color) => (region === undefined || where === region ? { ...HEALTHY, ...of(color) } : HEALTHY);
}

const found = ({ metrics }: Verdict) =>
  new Set(metrics.filter(({ result }) => result === "high" || result === "low").map(({ name }) => name));

describe("the judge over a day of production's canary", () => {
  it("promotes a healthy release", async () => {
    for (let seed = 1; seed <= 4; seed += 1) {
      const { verdict, metrics } = await day(seed, () => HEALTHY);
      const open = metrics.filter(({ result }) => result !== "pass").map(({ name, reason }) => `${name}: ${reason}`);
      assert.equal(verdict, "promote", `seed ${seed}: ${open.join("\n")}`);
    }
  });

  for (const region of [undefined, "us-east-1", "eu-west-1", "ap-southeast-1"]) {
    const where = region ?? "every region";
    const suffix = region === undefined ? "" : `:${region}`;

    it(`takes a release back whose requests take 15 % longer in ${where}`, async () => {
      const verdict = await day(1, faulty(`slower${suffix}`));
      assert.equal(verdict.verdict, "rollback");
      assert.ok(found(verdict).has("typical-responses"));
    });

    it(`takes a release back whose slowest requests take 25 times as long in ${where}`, async () => {
      const verdict = await day(1, faulty(`slow-tail${suffix}`));
      assert.equal(verdict.verdict, "rollback");
      assert.ok(found(verdict).has("slowest-responses"));
    });
  }
});
