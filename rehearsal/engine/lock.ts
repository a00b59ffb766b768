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
  acquire(file, what);
  try {
    return await action();
  } finally {
    fs.rmSync(file, { force: true });
  }
}

/** A link is made whole or not at all, so that nobody reads a lock without a holder. */
function acquire(file: string, what: string): void {
  const own = `${file}.${process.pid}`;
  try {
    fs.writeFileSync(own, String(process.pid));
    for (let attempt = 0; attempt < 2; attempt++) {
      if (link(own, file)) {
        return;
      }
      const holder = holderOf(file);
      if (holder !== undefined && isAlive(holder)) {
        throw new EngineError(
          `${what} is being changed by process ${holder}: run the command again when that is done (its lock is ${file})`,
        );
      }
      fs.rmSync(file, { force: true });
    }
    throw new EngineError(`${what} is being changed by another process: run the command again when that is done`);
  } catch (error) {
    throw error instanceof EngineError
      ? error
      : new EngineError(`${what} cannot be locked: ${(error as Error).message}`, { cause: error });
  } finally {
    fs.rmSync(own, { force: true });
  }
}

function link(own: string, file: string): boolean {
  try {
    fs.linkSync(own, file);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") {
      return false;
    }
    throw error;
  }
}

/** The process that holds a lock; undefined for a file that names none, as a power loss leaves it. */
function holderOf(file: string): number | undefined {
  try {
    const holder = Number(fs.readFileSync(file, "utf8"));
    return Number.isInteger(holder) && holder > 0 ? holder : undefined;
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
