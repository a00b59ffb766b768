import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import * as os from "node:os";
import { LeaseError, thisHolder } from "../../../../rollout/journal";
import type { JournalRecord } from "../../../../rollout/core/records";
import type { Journal, Lease } from "../../../../rollout/ports";
import { FINISHED, stageBegun, started } from "./script";

/** A record's hash as an auditor would compute it: keys sorted, no spaces, without the hash. */
function recomputed({ hash: _, ...record }: JournalRecord): string {
  const sorted = (value: unknown): unknown =>
    Array.isArray(value)
      ? value.map(sorted)
      : typeof value === "object" && value !== null
        ? Object.fromEntries(
            Object.entries(value)
              .sort(([one], [other]) => (one < other ? -1 : 1))
              .map(([key, each]) => [key, sorted(each)]),
          )
        : value;
  return createHash("sha256")
    .update(JSON.stringify(sorted(record)))
    .digest("hex");
}

/** What every journal of the stack `production` promises, wherever it is kept. @param make - One of its own for each test. */
export function keepsJournal(kind: string, make: (now: () => number) => Journal): void {
  describe(`a journal ${kind}`, () => {
    let now: number;
    let journal: Journal;
    let lease: Lease;

    beforeEach(async () => {
      now = Date.parse("2026-11-21T12:00:00Z");
      journal = make(() => now);
      lease = await journal.acquire("ada@laptop pid 1", 60);
    });

    it("knows no rollout before the first one", async () => {
      assert.equal(await journal.current(), undefined);
      assert.deepEqual(await journal.history(), []);
      await assert.rejects(journal.append(lease, 1, stageBegun("a")), /stack production has no rollout/);
      await assert.rejects(journal.read("production-1"), /has no rollout production-1/);
    });

    it("gives back what was written, each record with the hash of the one before, through all rollouts", async () => {
      const first = await journal.begin(lease, 10, started("1.0"));
      const written = [
        first.record,
        await journal.append(lease, 11, stageBegun("a")),
        await journal.append(lease, 12, FINISHED),
      ];
      const second = await journal.begin(lease, 20, started("2.0"));
      assert.deepEqual(await journal.read(first.id), written);
      assert.deepEqual(await journal.read(second.id), [second.record]);
      const all = [...written, second.record];
      assert.deepEqual(
        all.map(({ sequence }) => sequence),
        [1, 2, 3, 1],
      );
      assert.deepEqual(
        all.map(({ previous }) => previous),
        ["", ...written.map(({ hash }) => hash)],
      );
      assert.deepEqual(
        all.map(({ hash }) => hash),
        all.map(recomputed),
      );
      assert.equal(await journal.current(), second.id);
    });

    it("sums up each rollout", async () => {
      await journal.begin(lease, 10, started("1.0"));
      await journal.append(lease, 12, FINISHED);
      await journal.begin(lease, 20, started("2.0"));
      assert.deepEqual(await journal.history(), [
        {
          id: "production-1",
          plan: "canary",
          release: "1.0",
          begun: 10,
          ended: 12,
          outcome: "promoted",
          reason: "done",
        },
        { id: "production-2", plan: "canary", release: "2.0", begun: 20 },
      ]);
    });

    it("has one open rollout at a time, and takes nothing behind its end but that people were told", async () => {
      await journal.begin(lease, 10, started("1.0"));
      await assert.rejects(journal.begin(lease, 11, started("2.0")), /rollout production-1 is open/);
      await journal.append(lease, 12, FINISHED);
      await assert.rejects(journal.append(lease, 13, stageBegun("a")), /rollout production-1 has ended/);
      const told = await journal.append(lease, 13, { type: "notified", channel: "team", notice: "done", ok: true });
      const next = await journal.begin(lease, 20, started("2.0"));
      assert.equal(next.record.previous, told.hash);
    });

    it("refuses what JSON cannot hold: it would alter evidence", async () => {
      const { id } = await journal.begin(lease, 10, started("1.0"));
      const sample = { at: 1, readings: [{ metric: "m", color: "blue" as const, scope: "total", value: NaN }] };
      await assert.rejects(
        journal.append(lease, 11, { type: "sampled", sample }),
        /type sampled cannot be written: NaN is no JSON/,
      );
      assert.equal((await journal.read(id)).length, 1);
    });

    it("writes in turn what is appended at once", async () => {
      const { id } = await journal.begin(lease, 10, started("1.0"));
      await Promise.all(["a", "b", "c"].map((stage) => journal.append(lease, 11, stageBegun(stage))));
      assert.deepEqual(
        (await journal.read(id)).map((record) => (record.type === "stage-begun" ? record.stage : record.type)),
        ["started", "a", "b", "c"],
      );
    });

    it("gives the lease to one holder, and says who that is", async () => {
      assert.deepEqual(lease, { holder: "ada@laptop pid 1", fence: 1, expires: now + 60_000 });
      now += 59_999;
      await assert.rejects(journal.acquire("eva@desk pid 2", 60), (error: Error) => {
        assert(error instanceof LeaseError);
        assert.match(error.message, /in the hands of ada@laptop pid 1 until 2026-11-21T12:01:00.000Z/);
        return true;
      });
    });

    it("gives an expired lease to the next one, and refuses the old holder that wakes up", async () => {
      const { id } = await journal.begin(lease, 10, started("1.0"));
      now += 60_000;
      const other = await journal.acquire("eva@desk pid 2", 60);
      assert.equal(other.fence, 2);
      for (const late of [() => journal.append(lease, 11, stageBegun("a")), () => journal.renew(lease, 60)]) {
        await assert.rejects(late(), (error: Error) => {
          assert(error instanceof LeaseError);
          assert.match(error.message, /ada@laptop pid 1 has lost the rollout \(lease 1\)/);
          return true;
        });
      }
      await journal.release(lease);
      assert.equal((await journal.read(id)).length, 1);
      assert.equal((await journal.append(other, 12, stageBegun("a"))).fence, 2);
      now += 60_000;
      await journal.append(other, 13, stageBegun("b"));
    });

    it("counts a lease that its holder takes again as a new one: the old one is lost", async () => {
      await journal.begin(await journal.acquire(lease.holder, 60), 10, started("1.0"));
      await assert.rejects(journal.append(lease, 11, stageBegun("a")), LeaseError);
    });

    it("keeps a renewed lease, and gives back a released one at once, with a higher number", async () => {
      now += 59_000;
      lease = await journal.renew(lease, 60);
      now += 59_000;
      await assert.rejects(journal.acquire("eva@desk pid 2", 60), LeaseError);
      await journal.release(lease);
      await assert.rejects(journal.begin(lease, 10, started("1.0")), LeaseError);
      assert.equal((await journal.acquire("eva@desk pid 2", 60)).fence, 2);
      assert.equal(await journal.current(), undefined);
    });

    it("gives the lease of a process of this machine that has died to the next one at once, but of no other machine", async () => {
      await journal.release(lease);
      const { pid } = spawnSync(process.execPath, ["-e", ""]);
      await journal.acquire(`ada@${os.hostname()} pid ${pid}`, 60);
      assert.equal((await journal.acquire(thisHolder("eva"), 60)).fence, 3);
      await assert.rejects(
        journal.acquire("eva@desk pid 2", 60),
        new RegExp(`eva@${os.hostname()} pid ${process.pid}`),
      );
      assert.equal((await journal.acquire(thisHolder("eva"), 60)).fence, 4);
      now += 60_000;
      await journal.acquire(`ada@elsewhere pid ${pid}`, 60);
      await assert.rejects(journal.acquire("eva@desk pid 2", 60), LeaseError);
    });
  });
}
