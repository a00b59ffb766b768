import assert from "node:assert/strict";
import { HEALTHY, MODELED_METRICS, type Behavior } from "../../../rehearsal/load";
import { inputOf, modeled } from "../../../rehearsal/load/metrics";
import { slope } from "../../../rollout/core/trend";
import { TestLoad, viewOf } from "./world";

/** What the plans require of a release, each at the limit that its document names. */
const REQUIRED: [metric: string, from: number, to: number][] = [
  ["api-latency-p50", 0, 0.2],
  ["api-latency-p95", 0, 0.5],
  ["api-latency-p99", 0, 2],
  ["latency-avg", 0, 2],
  ["complaint-rate", 0, 2],
  ["api-success-rate", 99.9, 100],
  ["availability", 99.9, 100],
  ["health-checks", 100, 100],
  ["restarts", 0, 0],
  ["disk", 0, 90],
  ["cpu", 0, 80],
  ["memory", 0, 80],
  ["database-connections", 0, 50],
  ["database-connections-used", 0, 80],
  ["cache-hit-rate", 80, 100],
  ["queue-depth", 0, 100],
  ["page-load-p75", 0, 3],
  ["fcp-p75", 0, 1.5],
  ["lcp-p75", 0, 2.5],
  ["inp-p75", 0, 0.2],
  ["cls-p75", 0, 0.1],
  ["ai-latency-p95", 0, 5],
  ["login-success-rate", 95, 100],
  ["session-completion-rate", 80, 100],
  ["assessment-completion-rate", 80, 100],
  ["prediction-accuracy", 85, 100],
  ["sessions-of-normal", 90, 120],
  ["tickets-of-normal", 0, 120],
  ["satisfaction", 4, 5],
];
const read = (load: TestLoad, metric: string, at: number, seconds = 300) =>
  modeled(metric)!.value(inputOf(load.load, "green", ["us-east-1"], at, seconds)!);
const serving = (behavior?: Partial<Behavior>) => {
  const load = new TestLoad(
    behavior === undefined
      ? {}
      : { behavior: (_, color) => (color === "green" ? { ...HEALTHY, ...behavior } : HEALTHY) },
  );
  load.set(viewOf({ green: 50 }));
  return load;
};

describe("what the rehearsal measures of a release", () => {
  it("is, of a healthy one, what every plan requires, all day long", () => {
    const load = serving();
    for (let hour = 0; hour < 24; hour += 1) {
      const at = load.pass(3600);
      for (const [metric, from, to] of REQUIRED) {
        const value = read(load, metric, at)!;
        assert.ok(value >= from && value <= to, `${metric} is ${value}, from ${from} to ${to}, in hour ${hour}`);
      }
    }
  });

  it("is modeled by name, over any window, and nowhere is there a name that is the beginning of another meaning", () => {
    for (const [metric] of REQUIRED) {
      assert.ok(MODELED_METRICS.includes(metric), metric);
      assert.equal(modeled(`${metric}-15m`), modeled(metric));
    }
  });

  it("says nothing of a color that nobody uses, and nothing of pods where there are none", () => {
    const load = new TestLoad();
    load.set(viewOf({ green: 0, capacity: 0 }));
    const at = load.pass(600);
    assert.equal(read(load, "lcp-p75", at), NaN);
    assert.equal(read(load, "satisfaction", at), NaN);
    assert.equal(read(load, "disk", at), undefined);
    assert.equal(read(load, "restarts", at), undefined);
    assert.equal(read(load, "health-checks", at), 0);
  });

  it("follows what is wrong: slow answers are seen by browsers, failed ones by users", () => {
    const slow = serving({ slowness: 4 });
    const at = slow.pass(600);
    assert.ok(read(slow, "lcp-p75", at)! > 2.5);
    assert.ok(read(slow, "api-latency-p95", at)! > 1);
    assert.ok(read(slow, "cls-p75", at)! < 0.1);
    const broken = serving({ errors: 0.1 });
    broken.pass(600);
    assert.ok(read(broken, "login-success-rate", at)! < 95);
    assert.ok(read(broken, "api-success-rate", at)! < 99);
    assert.ok(read(broken, "tickets-of-normal", at)! > 120);
  });
});

describe("memory that grows by 2 % an hour", () => {
  /** The steepest slope of any hour of some days, a look every ten minutes, percentage points an hour. */
  const steepest = (seed: number, days: number) => {
    const load = new TestLoad({ seed });
    load.set(viewOf({ green: 100 }));
    const points: { at: number; value: number }[] = [];
    let most = -Infinity;
    for (let minute = 1; minute <= days * 1440; minute += 1) {
      const at = load.pass(60);
      points.push({ at, value: read(load, "memory", at, 60)! });
      if (minute >= 60 && minute % 10 === 0) {
        most = Math.max(most, 3_600_000 * slope(points.slice(-60)));
      }
    }
    return most;
  };

  it("is not what a day's ups and downs look like, on any of eight days", () => {
    for (const seed of [1, 2, 3, 4]) {
      const most = steepest(seed, 2);
      assert.ok(most < 2, `seed ${seed}: ${most}`);
    }
  });
});
