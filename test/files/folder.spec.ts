import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { makeFolder } from "../../files/folder";
import { PROJECT } from "../stacks/production";

describe("making a folder", () => {
  let top: string;

  beforeEach(() => {
    top = fs.mkdtempSync(path.join(os.tmpdir(), "cutover-folder-"));
  });

  afterEach(() => fs.rmSync(top, { recursive: true }));

  it("makes those above it that are missing, and leaves one that is there", () => {
    const folder = path.join(top, "a", "b", "c");
    makeFolder(folder, 0o700);
    fs.writeFileSync(path.join(folder, "file"), "");
    makeFolder(folder);
    assert.deepEqual(fs.readdirSync(folder), ["file"]);
    assert.equal(fs.statSync(path.join(top, "a")).mode & 0o777, 0o700);
  });

  it("refuses a place where a file is, or a file is above", () => {
    const file = path.join(top, "file");
    fs.writeFileSync(file, "");
    assert.throws(() => makeFolder(file), /EEXIST/);
    assert.throws(() => makeFolder(path.join(file, "below")), /ENOTDIR/);
  });

  it("ends where nothing can be made, although the folder above is there", function () {
    if (!fs.existsSync("/proc/self")) {
      console.log("      skipped: no /proc here, the one place that is known to say this");
      this.skip(); // No other file system says that an entry is missing where a folder is to be made.
    }
    // In a process of its own: what does not return cannot be interrupted.
    const code = `require("./files/folder").makeFolder("/proc/cutover/state")`;
    const { error, stderr } = spawnSync(process.execPath, ["-r", "tsx/cjs", "-e", code], {
      cwd: PROJECT,
      encoding: "utf8",
      timeout: 20_000,
    });
    assert.equal(error, undefined);
    assert.match(stderr, /ENOENT.*\/proc\/cutover'/);
  });
});
