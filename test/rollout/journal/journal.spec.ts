import assert from "node:assert/strict";
import * as fs from "node:fs";
import { folderJournal, memoryJournal, thisHolder } from "../../../rollout/journal";
import { FINISHED, stageBegun, started } from "./support/script";
import { interfere } from "./support/interfere";
import { temporaryFolder } from "./support/folder";
import { keepsJournal } from "./support/journalContract";

const shared = temporaryFolder();
keepsJournal("in memory", (now) => memoryJournal("production", now));
keepsJournal("in a folder", (now) => folderJournal(shared.path, "production", now));

describe("a journal in a folder", () => {
  const where = temporaryFolder();
  const open = () => folderJournal(where.path, "production");

  it("is seen by the next process, which goes on with it", async () => {
    const lease = await open().acquire(thisHolder("ada"), 60);
    await open().begin(lease, 1, started("1.0"));
    await open().append(lease, 2, stageBegun("a"));
    assert.deepEqual(
      (await open().read("production-1")).map(({ sequence }) => sequence),
      [1, 2],
    );
  });

  it("shows a reader what a writer appended since, and the next rollout", async () => {
    const reader = open();
    const lease = await open().acquire(thisHolder("ada"), 60);
    const writer = open();
    await writer.begin(lease, 1, started("1.0"));
    assert.equal((await reader.read("production-1")).length, 1);
    await writer.append(lease, 2, FINISHED);
    assert.equal((await reader.read("production-1")).length, 2);
    await writer.begin(lease, 3, started("2.0"));
    assert.equal(await reader.current(), "production-2");
    assert.equal((await reader.read("production-2")).length, 1);
  });

  it("is on the disk when it is acknowledged: the file, and the folder when that has a new name in it", async () => {
    const lease = await open().acquire(thisHolder("ada"), 60);
    const changes: string[] = [];
    const restore = interfere((_, change) => void changes.push(change));
    await open().begin(lease, 1, started("1.0"));
    const begun = changes.splice(0);
    await open().append(lease, 2, stageBegun("a"));
    restore();
    assert.match(begun.join(" "), /writeSync fsyncSync renameSync fsyncSync/);
    assert.match(changes.join(" "), /writeSync fsyncSync/);
  });

  it("keeps stacks apart, whatever their names are", async () => {
    for (const stack of ["..", "a/b", "a"]) {
      const journal = folderJournal(where.path, stack);
      await journal.begin(await journal.acquire(thisHolder("ada"), 60), 1, started("1.0"));
      assert.equal(await journal.current(), `${stack}-1`);
    }
  });

  it("takes a lease above all that were recorded when the file of leases is gone", async () => {
    const journal = open();
    for (const _ of [1, 2, 3]) {
      await journal.acquire(thisHolder("ada"), 60);
    }
    await journal.begin(await journal.acquire(thisHolder("ada"), 60), 1, started("1.0"));
    fs.rmSync(`${where.path}/production/lease.json`);
    assert.equal((await open().acquire(thisHolder("ada"), 60)).fence, 5);
  });
});
