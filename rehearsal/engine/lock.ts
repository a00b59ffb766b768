import * as fs from "node:fs";

import { EngineError } from "../../rollout/engine";

/**
 * Does something while nobody else does it: two runs that write one stack's state would lose what the first one did.
 * The lock is a file that holds the number of its process; that of a process that is gone is taken over.
 *
 * @param file - The lock. Its folder exists.
 * @param what - What is locked, for the message.
 * @throws EngineError when another process holds it.
 */
export async function withLock<T>(file: string, what: string, action: () => Promise<T>): Promise<T> {
  const own = `${file}.${process.pid}`;
  fs.writeFileSync(own, String(process.pid));
  try {
    acquire(file, own, what);
  } finally {
    fs.rmSync(own, { force: true });
  }
  try {
    return await action();
  } finally {
    fs.rmSync(file, { force: true });
  }
}

/** A link is made whole or not at all, so that nobody reads a lock without a holder. */
function acquire(file: string, own: string, what: string): void {
  for (let attempt = 0; attempt < 2; attempt++) {
    try {
      fs.linkSync(own, file);
      return;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EEXIST") {
        throw error;
      }
      const holder = holderOf(file);
      if (holder !== undefined && isAlive(holder)) {
        throw new EngineError(`${what} is being changed by process ${holder}: run the command again when that is done`);
      }
      fs.rmSync(file, { force: true });
    }
  }
  throw new EngineError(`${what} is being changed by another process: run the command again when that is done`);
}

function holderOf(file: string): number | undefined {
  try {
    return Number(fs.readFileSync(file, "utf8"));
  } catch {
    return undefined;
  }
}

function isAlive(holder: number): boolean {
  try {
    process.kill(holder, 0);
    return true;
  } catch (error) {
    // EPERM: it is there, and belongs to somebody else.
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}
