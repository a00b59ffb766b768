/**
 * Files that are whole at any moment: a process that is killed while it writes leaves the old content or the new one, and a
 * full disk leaves the old one.
 */
import * as fs from "node:fs";
import * as path from "node:path";
import { isAlive } from "./alive";

/** Where a write can be interrupted; for tests. */
export const WRITE_POINTS = ["opened", "half", "written", "synced", "renamed"] as const;
export type WritePoint = (typeof WRITE_POINTS)[number];

/**
 * Writes a file by way of a temporary one in the same directory.
 * @param mode the file's permissions.
 * @param reached called at each point of the write; for tests.
 * @throws what the file system throws; the file is then what it was.
 */
export function writeAtomically(
  file: string,
  content: string | Buffer,
  mode = 0o644,
  reached: (point: WritePoint) => void = () => undefined,
): void {
  const directory = path.dirname(file);
  const prefix = `.${path.basename(file)}.`;
  removeLeftovers(directory, prefix);
  const temporary = path.join(directory, `${prefix}${process.pid}.tmp`);
  try {
    const handle = fs.openSync(temporary, "w", mode);
    try {
      reached("opened");
      const bytes = Buffer.from(content);
      const half = Math.floor(bytes.length / 2);
      writeAll(handle, bytes.subarray(0, half));
      reached("half");
      writeAll(handle, bytes.subarray(half));
      reached("written");
      fs.fsyncSync(handle);
      reached("synced");
    } finally {
      fs.closeSync(handle);
    }
    fs.renameSync(temporary, file);
  } catch (error) {
    fs.rmSync(temporary, { force: true });
    throw error;
  }
  reached("renamed");
  syncDirectory(directory);
}

/** Writes all bytes: one call of the file system may write fewer. */
export function writeAll(handle: number, bytes: Buffer): void {
  for (let at = 0; at < bytes.length;) {
    at += fs.writeSync(handle, bytes, at);
  }
}

/** The rename itself must reach the disk; where directories cannot be synced (Windows), it does so in its own time. */
function syncDirectory(directory: string): void {
  if (process.platform === "win32") {
    return;
  }
  const handle = fs.openSync(directory, "r");
  try {
    fs.fsyncSync(handle);
  } finally {
    fs.closeSync(handle);
  }
}

/** Temporary files of processes that were killed. */
function removeLeftovers(directory: string, prefix: string): void {
  for (const name of fs.readdirSync(directory)) {
    if (name.startsWith(prefix) && name.endsWith(".tmp") && !isAlive(Number(name.slice(prefix.length, -4)))) {
      fs.rmSync(path.join(directory, name), { force: true });
    }
  }
}
