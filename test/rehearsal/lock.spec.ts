import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { withLock } from "../../rehearsal/engine/lock";

describe("the lock of a stack's state", () => {
  let file: string;

  beforeEach(() => {
    file = path.join(fs.mkdtempSync(path.join(os.tmpdir(), "cutover-lock-")), ".dev.lock");
  });

  afterEach(() => fs.rmSync(path.dirname(file), { recursive: true }));

  it("is held while something is done, and gone afterwards", async () => {
    const result = await withLock(file, "stack dev", async () => {
      assert.equal(fs.readFileSync(file, "utf8"), String(process.pid));
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

  it("says what is wrong with a folder that cannot be written", async () => {
    await assert.rejects(
      withLock(path.join(file, "below", "x"), "stack dev", () => Promise.resolve()),
      /stack dev cannot be locked: ENOENT/,
    );
    assert.deepEqual(fs.readdirSync(path.dirname(file)), []);
  });
});
