import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import * as fs from "node:fs";
import * as path from "node:path";
import { folderJournal, thisHolder } from "../../../rollout/journal";
import { EngineError } from "../../../rollout/engine";
import type { Journal } from "../../../rollout/ports";
import { temporaryFolder } from "./support/folder";
import { interfere } from "./support/interfere";
import { FINISHED, script, stageBegun, started } from "./support/script";

const CODES = ["ENOSPC", "EIO", "EMFILE", "EROFS", "EACCES"];
const ignore = () => undefined;
const CHILD = path.join(__dirname, "support", "killed.ts");

/** Does the script in a process that is killed. @returns what it printed. */
function killed(folder: string, number: number, how: "before" | "half", signal: NodeJS.Signals): Promise<string[]> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ["-r", "tsx/cjs", CHILD, folder, String(number), how, signal]);
    let output = "";
    let errors = "";
    child.stdout.setEncoding("utf8").on("data", (text: string) => (output += text));
    child.stderr.setEncoding("utf8").on("data", (text: string) => (errors += text));
    child.on("close", (code, by) => {
      if (by === signal) {
        resolve(output.split("\n").filter((line) => line !== ""));
      } else {
        reject(new Error(`it was not killed, but ended with ${code}: ${errors}`));
      }
    });
  });
}

/** Everything that was acknowledged is there, the chain is whole, and at most one record more was written than acknowledged. */
async function holds(folder: string, acknowledged: readonly string[]): Promise<void> {
  const journal = folderJournal(folder, "production");
  const there: string[] = [];
  for (const { id } of await journal.history()) {
    there.push(...(await journal.read(id)).map(({ sequence, hash }) => `${id} ${sequence} ${hash}`));
  }
  assert.deepEqual(there.slice(0, acknowledged.length), acknowledged);
  assert(there.length <= acknowledged.length + 1, `${there.length} records, ${acknowledged.length} acknowledged`);
}

/** The next controller takes over at once, and goes on. */
async function goesOn(journal: Journal): Promise<void> {
  const lease = await journal.acquire(thisHolder("ada"), 60);
  const last = (await journal.history()).at(-1);
  if (last === undefined || last.ended !== undefined) {
    await journal.begin(lease, 9, started("3.0"));
  } else {
    await journal.append(lease, 9, stageBegun("resumed"));
  }
  await journal.append(lease, 10, FINISHED);
  await journal.release(lease);
  assert((await journal.history()).at(-1)?.ended === 10);
}

describe("a journal whose writer is killed", function () {
  // A process for each change of the disk: some seventy.
  this.timeout(600_000);
  const where = temporaryFolder();

  /** What the script changes on the disk, in its order. */
  async function changes(): Promise<string[]> {
    const names: string[] = [];
    const restore = interfere((_, change) => void names.push(change));
    await script(folderJournal(path.join(where.path, "whole"), "production"), thisHolder("ada"), ignore, ignore);
    restore();
    return names;
  }

  /** Kills a process at each of the points, two at a time. */
  async function killAt(points: number[], how: "before" | "half", signal: NodeJS.Signals): Promise<void> {
    const base = where.path;
    const worker = async () => {
      for (let point; (point = points.shift()) !== undefined;) {
        const folder = path.join(base, String(point));
        await holds(folder, await killed(folder, point, how, signal));
        await goesOn(folderJournal(folder, "production"));
      }
    };
    await Promise.all([worker(), worker()]).finally(() => (points.length = 0));
  }

  it("loses nothing, wherever between two changes of the disk", async () => {
    const points = (await changes()).map((_, number) => number);
    assert(points.length > 50, `only ${points.length} changes`);
    await killAt(points, "before", "SIGKILL");
  });

  it("loses nothing, in the middle of whichever write", async () => {
    const points = (await changes()).flatMap((change, number) => (change === "writeSync" ? number : []));
    assert(points.length > 8, `only ${points.length} writes`);
    await killAt(points, "half", "SIGTERM");
  });
});

describe("a journal on a disk that fails", () => {
  const where = temporaryFolder();

  for (const lasting of [false, true]) {
    it(`says so and loses nothing, whichever change ${lasting ? "is the first to fail" : "fails once"}`, async () => {
      for (let number = 0; ; number++) {
        const code = CODES[number % CODES.length]!;
        const folder = path.join(where.path, String(number));
        const journal = folderJournal(folder, "production");
        const acknowledged: string[] = [];
        let failed: string | undefined;
        let doing = "";
        const fail = (): never => {
          throw Object.assign(new Error(`${code}: injected`), { code });
        };
        const restore = interfere((at, change) => {
          if (at === number) {
            failed = change;
            return change === "writeSync" ? "half" : fail();
          }
          return lasting && failed !== undefined ? fail() : undefined;
        }, fail);
        try {
          await script(
            journal,
            thisHolder("ada"),
            (what) => (doing = what),
            (record) => acknowledged.push(record),
          );
        } catch (error) {
          assert(error instanceof EngineError, `${doing}, ${failed}: ${(error as Error).stack}`);
          assert.match(error.message, new RegExp(`${code}: injected`), doing);
        } finally {
          restore();
        }
        if (failed === undefined) {
          assert(number > 50, `only ${number} changes`);
          return;
        }
        await holds(folder, acknowledged);
        await goesOn(journal);
        await goesOn(folderJournal(folder, "production"));
      }
    });
  }
});

describe("a record that could not be synced", () => {
  const where = temporaryFolder();

  it("is taken back: a controller that goes on knows the same records as its journal", async () => {
    const journal = folderJournal(where.path, "production");
    const lease = await journal.acquire(thisHolder("ada"), 60);
    const { id } = await journal.begin(lease, 1, started("1.0"));
    let failed = false;
    const restore = interfere((_, change) => {
      if (change === "fsyncSync" && !failed) {
        failed = true;
        throw Object.assign(new Error("EIO: injected"), { code: "EIO" });
      }
    });
    await assert.rejects(journal.append(lease, 2, stageBegun("a")), /EIO: injected/).finally(restore);
    assert.equal((await folderJournal(where.path, "production").read(id)).length, 1);
    await journal.append(lease, 3, stageBegun("b"));
    assert.equal((await journal.read(id)).length, 2);
  });
});

describe("two processes that want one lease", () => {
  const where = temporaryFolder();

  it("get it one at a time: each record stands under a lease of its own, none is lost", async () => {
    const racer = path.join(__dirname, "support", "racer.ts");
    const run = () =>
      new Promise<string[]>((resolve, reject) => {
        const child = spawn(process.execPath, ["-r", "tsx/cjs", racer, where.path, "20"]);
        let output = "";
        child.stdout.setEncoding("utf8").on("data", (text: string) => (output += text));
        child.stderr.on("data", (text: Buffer) => reject(new Error(text.toString())));
        child.on("close", () => resolve(output.split("\n").filter((line) => line !== "")));
      });
    const journal = folderJournal(where.path, "production");
    const lease = await journal.acquire(thisHolder("ada"), 60);
    await journal.begin(lease, 1, started("1.0"));
    await journal.release(lease);
    const printed = await Promise.all([run(), run()]);
    const records = await journal.read("production-1");
    assert.deepEqual(
      printed.map(({ length }) => length),
      [20, 20],
    );
    assert.deepEqual(
      records
        .slice(1)
        .map(({ hash }) => hash)
        .sort(),
      printed.flat().sort(),
    );
    assert.equal(new Set(records.map(({ fence }) => fence)).size, 41);
    assert.deepEqual(fs.readdirSync(path.join(where.path, "production")).sort(), ["lease.json", "rollout-0001.jsonl"]);
  });
});
