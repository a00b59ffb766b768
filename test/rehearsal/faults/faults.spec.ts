import assert from "node:assert/strict";
import { VirtualClock } from "../../../rehearsal/clock";
import { checkFaults, FAULTS, Faults, faultyReader, parseFault, rehearsedHooks } from "../../../rehearsal/faults";
import { MODELED_METRICS } from "../../../rehearsal/load";
import { inputOf, modeled } from "../../../rehearsal/load/metrics";
import type { RecordBody } from "../../../rollout/core/records";
import type { Reading } from "../../../rollout/core/sample";
import { TOTAL } from "../../../rollout/core/plan";
import { COLORS } from "../../../stacks/config/fields";
import { planned } from "../../rollout/support/plans";
import { REGIONS, TestLoad, viewOf } from "../load/world";

const plan = planned({}, {}, { regions: { ...REGIONS, "eu-central-1": 0 } });
const begun = (stage: string): RecordBody => ({ type: "stage-begun", stage, attempt: 1 });
const applied = (stage: string): RecordBody => ({
  type: "effect-done",
  effect: { kind: "up", stage, stack: "s" },
  changed: [],
});
const sampled: RecordBody = { type: "sampled", sample: { at: 0, readings: [] } };

/** Faults of a rollout at its first shift. */
function struck(...texts: string[]) {
  const clock = new VirtualClock();
  const faults = new Faults(texts.map(parseFault), clock);
  const looks: number[] = [];
  faults.attach({ plan, changeWorld: () => undefined, look: () => looks.push(clock.worldNow) });
  return { clock, faults, looks };
}

const EVERY_LATENCY = [
  "api-latency-p50",
  "api-latency-p95",
  "api-latency-p99",
  "latency-avg",
  "latency-p50",
  "latency-p95",
  "latency-p99",
];
/** What users meet, and say, where requests fail. */
const EVERY_ERROR = [
  "api-success-rate",
  "assessment-completion-rate",
  "availability",
  "error-rate",
  "failed-requests",
  "login-success-rate",
  "satisfaction",
  "session-completion-rate",
  "sessions-of-normal",
  "tickets-of-normal",
];

/** What each fault of a release moves, and by which factor at least. */
const MOVES: Readonly<Record<string, readonly string[]>> = {
  "candidate-errors": EVERY_ERROR,
  "slow-tail": EVERY_LATENCY,
  slower: [...EVERY_LATENCY, "fcp-p75", "inp-p75", "lcp-p75", "page-load-p75"],
  flapping: EVERY_ERROR,
  crashes: ["crash-rate"],
  "fewer-selections": ["career-selections", "career-selections-per-session"],
  "user-reports": ["complaint-rate", "user-reports"],
  "memory-leak": ["memory"],
  "database-connections": ["database-connection-failures"],
  "ai-outage": ["ai-error-rate", "ai-latency-p95"],
};

describe("a fault", () => {
  it("is named with a stage and a region, or without", () => {
    assert.deepEqual(parseFault("slower"), { name: "slower" });
    assert.deepEqual(parseFault("slower@shift-30"), { name: "slower", stage: "shift-30" });
    assert.deepEqual(parseFault("slower:eu-west-1"), { name: "slower", region: "eu-west-1" });
    assert.deepEqual(parseFault("slower@shift-30:eu-west-1"), {
      name: "slower",
      stage: "shift-30",
      region: "eu-west-1",
    });
  });

  it("is refused when there is none of its name, or it is written otherwise", () => {
    assert.throws(() => parseFault("slow"), /there is no fault "slow"; allowed: candidate-errors, .*--fault list/);
    assert.throws(() => parseFault("toString"), /there is no fault/);
    for (const text of ["", "slower@", "slower:", "@shift-30", "slower:a:b", "slower:eu-west-1@shift-30"]) {
      assert.throws(() => parseFault(text), /a fault is NAME\[@STAGE\]\[:REGION\], such as/, text);
    }
  });

  it("is refused when its stage or its region is not there, all at once", () => {
    const rehearsed = { stages: ["shift-10"], regions: ["eu-west-1"] };
    checkFaults([parseFault("slower@shift-10:eu-west-1"), parseFault("metrics-down")], rehearsed);
    assert.throws(
      () => checkFaults(["slower@shift-9:x", "migration-failed"].map(parseFault), rehearsed),
      /no stage "shift-9" in this rehearsal; allowed: shift-10\n.*no region "x".*\n.*migration-failed: no stage "database-migrate"/,
    );
  });

  it("says what it does, and how", () => {
    for (const [name, { description }] of Object.entries(FAULTS)) {
      assert.match(name, /^[a-z]+(-[a-z]+)*$/);
      assert.ok(description.length > 10 && description.length < 100 && !description.endsWith("."), name);
    }
  });

  it("begins with its stage, the first shift unless another is named, and not before", () => {
    const { clock, faults } = struck("candidate-errors", "crashes@validate");
    const errors = () => faults.behavior("us-east-1", "green", clock.worldNow).errors > 0.05;
    const crashes = () => faults.behavior("us-east-1", "green", clock.worldNow).crashes > 0.001;
    faults.follow(begun("deploy"));
    assert.deepEqual([errors(), crashes(), faults.unbegun], [false, false, ["candidate-errors", "crashes"]]);
    faults.follow(begun("shift-10"));
    assert.deepEqual([errors(), crashes(), faults.unbegun], [true, false, ["crashes"]]);
    faults.follow(begun("validate"));
    assert.deepEqual([errors(), crashes(), faults.unbegun], [true, true, []]);
    // What is counted later is about a time before.
    assert.ok(faults.behavior("us-east-1", "green", clock.worldNow - 1).errors < 0.05);
  });

  it("strikes the candidate, in the region that it is limited to", () => {
    const { clock, faults } = struck("candidate-errors:eu-west-1");
    faults.follow(begun("shift-10"));
    const hurt = COLORS.flatMap((color) =>
      Object.keys(REGIONS).filter((region) => faults.behavior(region, color, clock.worldNow).errors > 0.05),
    );
    assert.deepEqual(hurt, ["eu-west-1"]);
  });
});

describe("a fault of the release", () => {
  it("has its place in the list of what each moves", () => {
    const acting = Object.entries(FAULTS).filter(([, { behavior }]) => behavior !== undefined);
    assert.deepEqual(acting.map(([name]) => name).sort(), Object.keys(MOVES).sort());
  });

  for (const [name, moved] of Object.entries(MOVES)) {
    it(`moves ${moved.join(", ")} and nothing else: ${name}`, () => {
      const { clock, faults } = struck(name);
      const run = (withFault: boolean) => {
        const world = new TestLoad(
          withFault ? { behavior: (...asked) => faults.behavior(...asked) } : {},
          clock.worldNow,
        );
        world.set(viewOf({ green: 50 }));
        world.pass(3_600);
        const values = COLORS.flatMap((color) =>
          MODELED_METRICS.map((metric) => {
            const input = inputOf(world.load, color, world.load.regions, world.clock.worldNow, 3_600)!;
            return [`${color} ${metric}`, modeled(metric)!.value(input)!] as const;
          }),
        );
        return { values: Object.fromEntries(values), affected: world.load.affected() };
      };
      faults.follow(begun("shift-10"));
      const [healthy, ill] = [run(false), run(true)];
      const changed = Object.keys(healthy.values).filter((key) => healthy.values[key] !== ill.values[key]);
      const colors = name === "ai-outage" ? COLORS : (["green"] as const);
      assert.deepEqual(changed.sort(), colors.flatMap((color) => moved.map((metric) => `${color} ${metric}`)).sort());
      // Parts that succeed, and how satisfied users are, get less; all else more.
      const falls = (metric: string) =>
        /(?<!error|crash|complaint)-rate$|^availability$|^satisfaction$|^sessions-of|^career/.test(metric);
      const worse = moved.filter((metric) => {
        const [after, before] = [ill.values[`green ${metric}`]!, healthy.values[`green ${metric}`]!];
        return falls(metric) ? after < before : after > before;
      });
      assert.deepEqual(worse, moved);
    });
  }

  it("slows down by 15 %, or in the tail, without reaching a limit", () => {
    const p = (name: string, metric: string) => {
      const { clock, faults } = struck(name);
      faults.follow(begun("shift-10"));
      const world = new TestLoad({ behavior: (...asked) => faults.behavior(...asked) }, clock.worldNow);
      world.set(viewOf({ green: 50 }));
      world.pass(600);
      const value = (color: "blue" | "green") =>
        modeled(metric)!.value(inputOf(world.load, color, world.load.regions, world.clock.worldNow, 600)!)!;
      return { ratio: value("green") / value("blue"), value: value("green") };
    };
    const slower = p("slower", "latency-p95");
    assert.ok(Math.abs(slower.ratio - 1.15) < 0.02 && slower.value < 2);
    const tail = p("slow-tail", "latency-p95");
    assert.ok(tail.ratio < 1.12 && tail.value < 2);
    assert.ok(p("slow-tail", "latency-p99").ratio > 1.5);
  });

  it("grows with time where it is a leak, and swings about the tightest limit where it flaps", () => {
    const { clock, faults } = struck("memory-leak", "flapping");
    faults.follow(begun("shift-10"));
    const after = (minutes: number) => faults.behavior("us-east-1", "green", clock.worldNow + 60_000 * minutes);
    assert.deepEqual([after(0).memory, after(60).memory, after(180).memory], [0, 3, 9]);
    assert.deepEqual(
      [0, 1, 2, 3, 4].map((minute) => after(minute + 0.5).errors > 0.01),
      [true, true, false, false, true],
    );
  });
});

describe("a fault of monitoring", () => {
  const reading = (scope: string): Reading => ({ metric: "error-rate", color: "green", scope, value: 0.1 });
  const scopes = [...Object.keys(REGIONS), TOTAL];
  const read = async (text: string) => {
    const { faults } = struck(text);
    faults.follow(begun("shift-10"));
    const reader = faultyReader(
      { samples: async (moments) => moments.map((at) => ({ at, readings: scopes.map(reading) })) },
      faults,
    );
    const [sample] = await reader.samples([5]);
    assert.equal(sample!.at, 5);
    return Object.fromEntries(sample!.readings.map(({ scope, silence, value }) => [scope, silence ?? value]));
  };
  const everywhere = (what: string) => Object.fromEntries(scopes.map((scope) => [scope, what]));

  it("says nothing of anything: down, NaN, stale", async () => {
    assert.deepEqual(await read("metrics-down"), everywhere("error"));
    assert.deepEqual(await read("metrics-nan"), everywhere("nan"));
    assert.deepEqual(await read("metrics-stale"), everywhere("stale"));
  });

  it("says nothing of one region: the smallest, or the one that is named", async () => {
    const healthy = Object.fromEntries(scopes.map((scope) => [scope, 0.1]));
    assert.deepEqual(await read("metrics-missing"), { ...healthy, "ap-southeast-1": "empty" });
    assert.deepEqual(await read("metrics-missing:eu-west-1"), { ...healthy, "eu-west-1": "empty" });
    assert.deepEqual(await read("metrics-nan:eu-west-1"), { ...healthy, "eu-west-1": "nan" });
  });
});

describe("a fault of the controller", () => {
  it("lets its clock jump once it watches, and back ten minutes later", async () => {
    const { clock, faults, looks } = struck("clock-jump");
    const ahead = () => (clock.now() - clock.worldNow) / 60_000;
    faults.follow(begun("shift-10"));
    faults.follow(sampled);
    faults.follow(applied("shift-10"));
    assert.equal(ahead(), 0);
    faults.follow(sampled);
    assert.equal(ahead(), 60);
    await clock.sleep(599_000);
    assert.equal(ahead(), 60);
    await clock.sleep(2_000);
    assert.deepEqual([ahead(), looks.length], [0, 2]);
  });

  it("kills it once: when an `up` is done, or after four records without one", () => {
    const first = struck("controller-killed").faults;
    assert.equal(first.kills("after up"), false);
    first.follow(begun("shift-10"));
    assert.deepEqual(
      ["before up", "after up", "after up"].map((point) => first.kills(point)),
      [false, true, false],
    );
    const second = struck("controller-killed").faults;
    second.follow(begun("shift-10"));
    assert.deepEqual(
      [1, 2, 3, 4, 5].map(() => second.kills("after append")),
      [false, false, false, true, false],
    );
  });

  it("fails hooks, which otherwise pass, and take twenty seconds", async () => {
    const { clock, faults } = struck("hook-failed");
    const hooks = rehearsedHooks(faults, clock);
    const context = {
      rollout: "r",
      stack: "s",
      stage: "shift-10",
      attempt: 1,
      release: "2",
      candidate: "green",
      share: 10,
    } as const;
    const begin = clock.now();
    assert.deepEqual(await hooks.run("smoke", context), {
      ok: true,
      output: "rehearsed: smoke of shift-10 was not run",
    });
    assert.equal(clock.now() - begin, 20_000);
    faults.follow(begun("shift-10"));
    assert.deepEqual(await hooks.run("smoke", context), { ok: false, reason: "it ended with exit code 1", output: "" });
  });
});
