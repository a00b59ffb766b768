import * as fs from "node:fs";
import * as os from "node:os";
import { setTimeout } from "node:timers/promises";

import { EngineError } from "../rollout/engine";
import { isAlive } from "./alive";

/**
 * Does something while nobody else does it: two runs that write one stack's state would lose what the first one did.
 * The lock is a file that names its process and host; that of a process that is gone is taken over.
 *
 * @param file - The lock. Its folder exists.
 * @param what - What is locked, for the message.
 * @param patience - Milliseconds to wait for another process. By default none.
 * @throws EngineError when another process holds it.
 */
export async function withLock<T>(file: string, what: string, action: () => T | Promise<T>, patience = 0): Promise<T> {
  for (const end = Date.now() + patience; ;) {
    const problem = acquire(file, what);
    if (problem === undefined) {
      break;
    }
    if (Date.now() >= end) {
      throw new EngineError(problem);
    }
    await setTimeout(5 + Math.random() * 10);
  }
  held.add(file);
  try {
    return await action();
  } finally {
    held.delete(file);
    remove(file);
  }
}

/** The locks that this process has. One that names this process and is not among them was left when it could not be removed. */
const held = new Set<string>();

/**
 * A link is made whole or not at all, so that nobody reads a lock without a holder.
 * @returns why it is not had; undefined when it is.
 */
function acquire(file: string, what: string): string | undefined {
  const own = `${file}.${process.pid}`;
  try {
    fs.writeFileSync(own, `${process.pid} ${os.hostname()}`);
    for (let attempt = 0; attempt < 2; attempt++) {
      if (link(own, file)) {
        return undefined;
      }
      const holder = holderOf(file);
      if (holder !== undefined && !isGone(holder, file)) {
        const there = holder.host === os.hostname() ? "" : ` on ${holder.host}, if it still runs`;
        return (
          `${what} is being changed by process ${holder.pid}${there}: ` +
          `run the command again when that is done (its lock is ${file})`
        );
      }
      removeStale(file);
    }
    return `${what} is being changed by another process: run the command again when that is done`;
  } catch (error) {
    throw error instanceof EngineError
      ? error
      : new EngineError(`${what} cannot be locked: ${(error as Error).message}`, { cause: error });
  } finally {
    remove(own);
  }
}

/**
 * Of two that find the same stale lock, the second must not remove the new lock of the first: removing is locked itself, by a
 * lock that can be stale as well.
 */
function removeStale(file: string): void {
  const right = `${file}.stale`;
  if (acquire(right, right) !== undefined) {
    return;
  }
  try {
    const holder = holderOf(file);
    if (holder === undefined || isGone(holder, file)) {
      fs.rmSync(file, { force: true });
    }
  } finally {
    remove(right);
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

interface Holder {
  pid: number;
  host: string;
}

/** The process that holds a lock; undefined for a file that names none, as a power loss leaves it. */
function holderOf(file: string): Holder | undefined {
  try {
    const [pid, host = os.hostname()] = fs.readFileSync(file, "utf8").split(" ");
    return Number.isInteger(Number(pid)) && Number(pid) > 0 ? { pid: Number(pid), host } : undefined;
  } catch {
    return undefined;
  }
}

/** Of a process on another machine nothing is known: it counts as there. */
function isGone({ pid, host }: Holder, file: string): boolean {
  return host === os.hostname() && (pid === process.pid ? !held.has(file) : !isAlive(pid));
}

/** What was done under a lock is done, also when the lock cannot be removed: whoever comes next finds that out. */
function remove(file: string): void {
  try {
    fs.rmSync(file, { force: true });
  } catch {
    // A disk that takes no change: `isGone` sees through what is left.
  }
}
