import assert from "node:assert/strict";
import { execFile, spawnSync } from "node:child_process";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { setTimeout } from "node:timers/promises";
import { promisify } from "node:util";
import { withLock } from "../../files/lock";

describe("the lock of a stack's state", () => {
  let file: string;

  beforeEach(() => {
    file = path.join(fs.mkdtempSync(path.join(os.tmpdir(), "cutover-lock-")), ".dev.lock");
  });

  afterEach(() => fs.rmSync(path.dirname(file), { recursive: true }));

  it("is held while something is done, and gone afterwards", async () => {
    const result = await withLock(file, "stack dev", async () => {
      assert.equal(fs.readFileSync(file, "utf8"), `${process.pid} ${os.hostname()}`);
      await assert.rejects(
        withLock(file, "stack dev", () => Promise.resolve()),
        new RegExp(`stack dev is being changed by process ${process.pid}`),
      );
      return 7;
    });
    assert.equal(result, 7);
    assert.deepEqual(fs.readdirSync(path.dirname(file)), []);
  });

  it("is gone when what was done failed", async () => {
    await assert.rejects(
      withLock(file, "stack dev", () => Promise.reject(new Error("failed"))),
      /failed/,
    );
    assert.deepEqual(fs.readdirSync(path.dirname(file)), []);
  });

  it("is taken over from a process that was killed", async () => {
    const { pid } = spawnSync(process.execPath, ["-e", ""]);
    fs.writeFileSync(file, String(pid));
    assert.equal(await withLock(file, "stack dev", () => Promise.resolve("done")), "done");
  });

  it("is taken over when it names no process, as a power loss leaves it", async () => {
    for (const content of ["", "-1", "x"]) {
      fs.writeFileSync(file, content);
      assert.equal(await withLock(file, "stack dev", () => Promise.resolve("done")), "done");
    }
  });

  it("is taken over from this process when it could not be removed, and from no other machine", async () => {
    fs.writeFileSync(file, `${process.pid} ${os.hostname()}`);
    assert.equal(await withLock(file, "stack dev", () => "done"), "done");
    const { pid } = spawnSync(process.execPath, ["-e", ""]);
    fs.writeFileSync(file, `${pid} elsewhere`);
    await assert.rejects(
      withLock(file, "stack dev", () => "done"),
      /stack dev is being changed by process \d+ on elsewhere, if it still runs/,
    );
  });

  it("is waited for, when that is asked for", async () => {
    let free = false;
    const first = withLock(file, "stack dev", () => setTimeout(50).then(() => (free = true)));
    assert.equal(await withLock(file, "stack dev", () => free, 60_000), true);
    await first;
  });

  it("is held by one process only when many find it stale at once", async () => {
    const { pid } = spawnSync(process.execPath, ["-e", ""]);
    fs.writeFileSync(file, `${pid} ${os.hostname()}`);
    fs.writeFileSync(`${file}.stale`, `${pid} ${os.hostname()}`);
    const counter = path.join(path.dirname(file), "counter");
    fs.writeFileSync(counter, "0");
    const code = `
      const fs = require("node:fs");
      const { withLock } = require(${JSON.stringify(path.resolve("files/lock"))});
      (async () => {
        for (let done = 0; done < 25; done++) {
          await withLock(${JSON.stringify(file)}, "it", () => {
            const value = Number(fs.readFileSync(${JSON.stringify(counter)}, "utf8"));
            fs.writeFileSync(${JSON.stringify(counter)}, String(value + 1));
          }, 60_000);
        }
      })();`;
    await Promise.all([1, 2, 3].map(() => promisify(execFile)(process.execPath, ["-r", "tsx/cjs", "-e", code])));
    assert.equal(fs.readFileSync(counter, "utf8"), "75");
  });

  it("says what is wrong with a folder that cannot be written", async () => {
    await assert.rejects(
      withLock(path.join(file, "below", "x"), "stack dev", () => Promise.resolve()),
      /stack dev cannot be locked: ENOENT/,
    );
    assert.deepEqual(fs.readdirSync(path.dirname(file)), []);
  });
});
