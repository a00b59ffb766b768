import assert from "node:assert/strict";
import { setTimeout as realSleep } from "node:timers/promises";
import * as fc from "fast-check";
import { VirtualClock } from "../../rehearsal/clock";

const START = Date.UTC(2027, 0, 1);

describe("the virtual clock", () => {
  it("wakes sleepers in the order of their moments, and shows each its moment", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat(100_000), { maxLength: 40 }), fc.option(fc.nat()), async (lengths, seed) => {
        const clock = new VirtualClock({ start: START, ...(seed === null ? {} : { seed }) });
        const woken: [length: number, at: number][] = [];
        await Promise.all(
          lengths.map((length) => clock.sleep(length).then(() => void woken.push([length, clock.now() - START]))),
        );
        assert.deepEqual(
          woken.map(([, at]) => at),
          [...lengths].sort((one, other) => one - other),
        );
        assert.ok(woken.every(([length, at]) => length === at));
      }),
      { numRuns: 50 },
    );
  });

  it("lets everything settle that one sleeper sets off before the next one wakes", async () => {
    const clock = new VirtualClock({ start: START });
    const log: string[] = [];
    const other = clock.sleep(1_001).then(() => log.push("other"));
    await clock.sleep(1_000);
    for (let step = 0; step < 50; step += 1) {
      await Promise.resolve();
    }
    log.push("settled");
    await other;
    assert.deepEqual(log, ["settled", "other"]);
  });

  it("wakes who sleeps to the same moment in an order that its seed decides, and in the order of coming without one", async () => {
    const order = async (seed?: number) => {
      const clock = new VirtualClock({ start: START, ...(seed === undefined ? {} : { seed }) });
      const woken: number[] = [];
      await Promise.all(Array.from({ length: 6 }, (_, who) => clock.sleep(10).then(() => woken.push(who))));
      return woken.join("");
    };
    assert.equal(await order(), "012345");
    assert.equal(await order(7), await order(7));
    assert.notEqual(await order(7), await order(8));
  });

  it("stands still while something real is done, and then lets the time pass that it takes", async () => {
    const clock = new VirtualClock({ start: START });
    const log: string[] = [];
    const sleeper = clock.sleep(1_000).then(() => log.push(`sleeper at ${clock.now() - START}`));
    const result = await clock.busy(
      async () => {
        await realSleep(20);
        log.push(`work at ${clock.now() - START}`);
        return "done";
      },
      (done) => (done === "done" ? 5_000 : 0),
    );
    await sleeper;
    log.push(`${result} at ${clock.now() - START}`);
    assert.deepEqual(log, ["work at 0", "sleeper at 1000", "done at 5000"]);
  });

  it("goes on when something real fails", async () => {
    const clock = new VirtualClock({ start: START });
    await assert.rejects(clock.busy(Promise.reject(new Error("refused")), 1_000), /refused/);
    await clock.sleep(5);
    assert.equal(clock.now(), START + 5);
  });

  it("wakes a sleeper at once when its signal fires, without time passing, and nobody twice", async () => {
    const clock = new VirtualClock({ start: START });
    const abort = new AbortController();
    const sleeping = clock.sleep(60_000, abort.signal);
    await clock.sleep(1_000);
    abort.abort();
    await sleeping;
    assert.equal(clock.now(), START + 1_000);
    await clock.sleep(1, abort.signal);
    await realSleep(5);
    assert.equal(clock.now(), START + 1_000, "nobody sleeps any more");
    await clock.sleep(100_000);
    assert.equal(clock.now(), START + 101_000);
  });

  it("jumps for who reads it and not for who sleeps, nor for the world", async () => {
    const clock = new VirtualClock({ start: START });
    const sleeping = clock.sleep(1_000);
    clock.jump(-3_600_000);
    await sleeping;
    assert.equal(clock.now(), START + 1_000 - 3_600_000);
    assert.equal(clock.worldNow, START + 1_000);
  });

  it("wakes nobody any more once it has stopped", async () => {
    const clock = new VirtualClock({ start: START });
    let woken = false;
    void clock.sleep(10).then(() => (woken = true));
    clock.stop();
    await realSleep(5);
    assert.equal(woken, false);
  });

  it("passes 72 hours in ticks of 30 s with as many turns of the event loop", async () => {
    const clock = new VirtualClock({ start: START });
    for (let tick = 0; tick < 8_640; tick += 1) {
      await clock.sleep(30_000);
    }
    assert.equal(clock.now() - START, 72 * 3_600_000);
  });
});
