import assert from "node:assert/strict";
import * as fc from "fast-check";
import { latenciesOf, lookAt, seriesOf } from "../../../rehearsal/load";
import { busyness, PEAK } from "../../../rehearsal/load/day";
import { inputOf, modeled } from "../../../rehearsal/load/metrics";
import { TOTAL } from "../../../rollout/core/plan";
import type { Color } from "../../../stacks/config/fields";
import { REGION } from "../clouds/ask";
import { Region } from "../world/region";
import { REGIONS, TestLoad, viewOf } from "./world";

const value = ({ load, clock }: TestLoad, metric: string, color: Color, scope: string, seconds = 60) => {
  const regions = scope === TOTAL ? load.regions : [scope];
  const input = inputOf(load, color, regions, clock.worldNow, seconds)!;
  return modeled(metric)!.value(input);
};

/** 11:00 in New York, when most of the users are busiest. */
const PEAK_HOUR = Date.UTC(2027, 0, 12, 16);

describe("the simulated load", () => {
  it("follows the weights that the routers have, in each region and whatever they are", () => {
    const percent = fc.integer({ min: 0, max: 1_000 }).map((tenths) => tenths / 10);
    const weights = fc.record(Object.fromEntries(Object.keys(REGIONS).map((region) => [region, percent])));
    fc.assert(
      fc.property(weights, fc.nat(), (green, seed) => {
        const world = new TestLoad({ seed });
        world.set(viewOf({ green }));
        world.pass(600);
        for (const region of Object.keys(REGIONS)) {
          const [blue, others] = (["blue", "green"] as const).map((color) =>
            value(world, "requests", color, region, 600)!,
          );
          const expected = green[region]! / 100;
          const deviation = Math.sqrt((expected * (1 - expected)) / (blue! + others!));
          assert.ok(
            Math.abs(others! / (blue! + others!) - expected) <= 6 * deviation,
            `${region} at ${green[region]} %`,
          );
        }
      }),
      { numRuns: 40 },
    );
  });

  it("moves with the weights at the moment of the change, and not before it", () => {
    const world = new TestLoad();
    world.pass(600);
    world.set(viewOf({ green: 50 }));
    assert.equal(value(world, "requests", "green", TOTAL), 0);
    world.pass(60);
    const half = value(world, "requests", "green", TOTAL)!;
    assert.ok(half > 20_000, `${half} requests`);
    world.set(viewOf({ green: 0 }));
    world.pass(75);
    assert.equal(value(world, "requests", "green", TOTAL), 0);
  });

  it("comes from the regions in proportion to their shares, and as busy as their time of day", () => {
    const world = new TestLoad();
    world.pass(3_600);
    const east = value(world, "requests", "blue", "us-east-1", 3_600)!;
    const west = value(world, "requests", "blue", "us-west-2", 3_600)!;
    const at = world.clock.worldNow - 1_800_000;
    const expected = ((40 / 30) * busyness("us-east-1", at)) / busyness("us-west-2", at);
    assert.ok(Math.abs(east / west / expected - 1) < 0.08);
  });

  it("has a day in each region, four times as busy at 11:00 as at 23:00 of its own time", () => {
    for (const [region, hour] of Object.entries({
      "us-east-1": 16,
      "eu-west-1": 11,
      "ap-southeast-1": 3,
      "ap-southeast-2": 1,
    })) {
      assert.ok(Math.abs(busyness(region, Date.UTC(2027, 0, 12, hour)) - PEAK) < 1e-9, region);
      assert.ok(Math.abs(busyness(region, Date.UTC(2027, 0, 12, hour + 12)) - 1) < 1e-9, region);
    }
  });

  it("is the same to the last digit for the same seed, and another for another", () => {
    const run = (seed: number) => {
      const world = new TestLoad({ seed });
      world.set(viewOf({ green: 30 }));
      world.pass(900);
      return [
        world.load.affected(),
        ...["requests", "latency-p95", "engagement"].map((name) => value(world, name, "green", TOTAL)),
      ];
    };
    assert.deepEqual(run(5), run(5));
    assert.notDeepEqual(run(5), run(6));
  });

  it("does not depend on when and how often it is read", () => {
    const read = (often: boolean) => {
      const world = new TestLoad();
      world.set(viewOf({ green: 30 }));
      for (let minute = 0; minute < 20; minute += 1) {
        world.pass(60);
        if (often) {
          value(world, "cpu", "green", TOTAL);
        }
      }
      return value(world, "requests", "green", TOTAL, 1_200);
    };
    assert.equal(read(true), read(false));
  });

  it("says nothing about a time that has not come, or of regions that do not serve", () => {
    const { load, clock } = new TestLoad();
    assert.equal(inputOf(load, "blue", ["us-east-1"], clock.worldNow + 1, 60), undefined);
    assert.equal(inputOf(load, "blue", ["eu-central-1"], clock.worldNow, 60), undefined);
    assert.equal(inputOf(load, "blue", ["us-east-1"], clock.worldNow - 3_600_000, 60), undefined);
    assert.notEqual(inputOf(load, "blue", ["us-east-1"], clock.worldNow, 3_600), undefined);
  });
});

describe("the capacity of a color", () => {
  const atPeak = (view: ReturnType<typeof viewOf>) => {
    const world = new TestLoad({}, PEAK_HOUR);
    world.set(view);
    world.pass(300);
    return {
      errors: value(world, "error-rate", "green", TOTAL, 300)!,
      latency: value(world, "latency-p95", "green", TOTAL, 300)!,
      affected: world.load.affected("green"),
    };
  };

  it("is enough for the busiest hour where it is what the active color had", () => {
    const { errors, latency, affected } = atPeak(viewOf({ green: 100, capacity: 1 }));
    assert.ok(errors < 0.05 && latency < 0.8, `${errors} % errors, ${latency} s`);
    assert.equal(affected.failed.capacity, 0);
  });

  it("makes requests fail and wait in the busiest hour where it is a third of that", () => {
    const { errors, latency, affected } = atPeak(viewOf({ green: 100, capacity: 0.3 }));
    assert.ok(errors > 20 && latency > 2, `${errors} % errors, ${latency} s`);
    assert.ok(affected.failed.capacity > 0.2 * affected.requests);
  });

  it("is enough at a third for a tenth of the requests", () => {
    const { errors, latency } = atPeak(viewOf({ green: 10, capacity: 0.3 }));
    assert.ok(errors < 0.1 && latency < 0.8, `${errors} % errors, ${latency} s`);
  });

  it("makes every request fail where there is none", () => {
    const { errors } = atPeak(viewOf({ green: 10, capacity: 0 }));
    assert.equal(errors, 100);
  });

  it("hurts nobody when less of it has to do less", () => {
    fc.assert(
      fc.property(fc.double({ min: 0.1, max: 1, noNaN: true }), fc.integer({ min: 1, max: 100 }), (capacity, green) => {
        const { affected } = atPeak(viewOf({ green, capacity }));
        if (capacity >= green / 100) {
          assert.equal(affected.failed.capacity, 0);
        }
      }),
      { numRuns: 30 },
    );
  });
});

describe("the account of a rehearsal", () => {
  it("counts only what happened since it began", () => {
    const world = new TestLoad();
    assert.equal(world.load.affected().requests, 0);
    world.pass(60);
    const { requests } = world.load.affected();
    assert.ok(requests > 100_000 && requests < 300_000, `${requests}`);
  });

  it("counts requests that routers send nowhere, and not those that a page answers", () => {
    const nobody = (page: number) => {
      const view = { share: { blue: 0, green: 0 }, page, ready: { blue: 9, green: 9 } };
      return { ...viewOf(), "eu-west-1": { api: view, web: view, function: view } };
    };
    const lost = (page: number) => {
      const world = new TestLoad();
      world.set(nobody(page));
      world.pass(600);
      return world.load.affected().failed.nowhere;
    };
    assert.ok(lost(0) > 1_000);
    assert.equal(lost(1), 0);
    const before = new TestLoad({ view: () => nobody(0) });
    assert.equal(before.load.affected().failed.nowhere, 0);
  });

  it("says for each region how long after a moment a color was back at 0", () => {
    const world = new TestLoad();
    world.pass(60);
    world.set(viewOf({ green: 30 }));
    const since = world.pass(600);
    world.pass(20);
    world.set(viewOf({ green: { "eu-west-1": 30 } }));
    world.pass(25);
    assert.deepEqual(world.load.secondsToZero("green", since), {
      "us-east-1": 20,
      "us-west-2": 20,
      "eu-west-1": undefined,
      "ap-southeast-1": 20,
    });
    world.set(viewOf({ green: 0 }));
    assert.equal(world.load.secondsToZero("green", since)["eu-west-1"], 45);
    assert.equal(world.load.secondsToZero("green", since)["us-east-1"], 20);
  });
});

describe("the series for the judge", () => {
  it("give a value for each interval of the one, and all events of the other", () => {
    const world = new TestLoad();
    world.set(viewOf({ green: 50 }));
    const from = world.clock.worldNow;
    const to = world.pass(1_800);
    const options = { color: "green", scope: TOTAL, from, to, stepSeconds: 60 } as const;
    const latency = seriesOf(world.load, { ...options, metric: "latency-p95" });
    assert.ok(Array.isArray(latency) && latency.length === 30 && latency.every((each) => each! > 0.4 && each! < 0.7));
    const errors = seriesOf(world.load, { ...options, metric: "error-rate" });
    assert.ok(!Array.isArray(errors) && errors.total > 1_000_000 && errors.events < 0.001 * errors.total);
    assert.throws(
      () => seriesOf(world.load, { ...options, metric: "mood" }),
      /does not model mood; it models requests/,
    );
  });

  it("give null where there was nobody, and latencies of as many requests as there were", () => {
    const world = new TestLoad();
    const from = world.clock.worldNow;
    const to = world.pass(120);
    const options = { color: "green", scope: "eu-west-1", from, to } as const;
    assert.deepEqual(seriesOf(world.load, { ...options, metric: "latency-p95", stepSeconds: 60 }), [null, null]);
    assert.deepEqual(latenciesOf(world.load, options, 100), []);
    const blue = latenciesOf(world.load, { ...options, color: "blue" }, 2_000).sort((one, other) => one - other);
    assert.equal(blue.length, 2_000);
    assert.ok(Math.abs(blue[1_900]! - 0.55) < 0.08, `${blue[1_900]}`);
  });
});

describe("the view of the stand-in clouds", () => {
  it("has the shares and the targets that requests really meet", () => {
    const region = new Region();
    region.route("web", ["/*"], { blue: 63, green: 37 });
    region.pods("blue", "web", { replicas: 4 });
    region.pods("green", "web", { replicas: 1 }, 2);
    const { [REGION]: view } = lookAt(region.asker.world);
    assert.deepEqual(view, { web: { share: { blue: 0.63, green: 0.37 }, page: 0, ready: { blue: 4, green: 2 } } });
    region.rule("maintenance", 10_000, [{ pathPattern: { values: ["/*"] } }], {
      type: "fixed-response",
      fixedResponse: { statusCode: "503" },
    });
    const { web } = lookAt(region.asker.world)[REGION]!;
    assert.deepEqual([web!.share, web!.page, web!.synthetic], [{ blue: 0, green: 0 }, 1, { blue: 0, green: 0 }]);
  });

  it("lets a load generator behind the maintenance page, as the weights say, and nobody else", () => {
    const shares = { share: { blue: 0, green: 0 }, synthetic: { blue: 0.6, green: 0.4 }, page: 1 };
    const world = new TestLoad({ syntheticPerMinute: 600 });
    const [name] = Object.keys(world.view);
    const behind = Object.entries(world.view[name!]!).map(([workload, view]) => [workload, { ...view, ...shares }]);
    world.set({ ...world.view, [name!]: Object.fromEntries(behind) as never });
    const at = world.pass(600);
    const requests = (color: "blue" | "green") => inputOf(world.load, color, [name!], at, 300)!.counts.requests;
    // Two fifths of the region's 40 % of 600 a minute, in five minutes.
    assert.ok(Math.abs(requests("green") - 480) < 80, String(requests("green")));
    assert.ok(Math.abs(requests("blue") - 720) < 100, String(requests("blue")));
  });
});
