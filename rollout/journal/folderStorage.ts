import * as fs from "node:fs";
import * as path from "node:path";
import { isDeepStrictEqual } from "node:util";
import { z } from "zod";

import { writeAll, writeAtomically } from "../../files/atomicFile";
import { makeFolder } from "../../files/folder";
import { withLock } from "../../files/lock";
import { sha256 } from "./canonical";
import { asJournalError, JournalError } from "./errors";
import { FORMAT } from "./line";
import { isAbsent, namesIn } from "./shelf";
import { isHeld, type Holding, type JournalStorage, type LeaseState, type Written } from "./storage";

/** A write takes milliseconds: whoever holds the lock for longer is stopped, or on another machine. */
const PATIENCE_MILLISECONDS = 10_000;

/** Never through a symbolic link: it could lead a journal to a place where others write. */
const NO_LINK = fs.constants.O_NOFOLLOW ?? 0;

const leaseSchema = z.object({
  format: z.literal(FORMAT),
  holder: z.string(),
  fence: z.int().positive(),
  expires: z.int().nonnegative(),
});

/**
 * Keeps a journal in a folder of one machine: a file per rollout, one record a line, and the lease. What writes does so
 * under a lock, and is on the disk when it returns.
 */
export class FolderStorage implements JournalStorage {
  readonly leaseName: string;

  /** @param folder - Made when something is written. */
  constructor(private readonly folder: string) {
    this.leaseName = path.join(folder, "lease.json");
  }

  name(log: number): string {
    return path.join(this.folder, `rollout-${String(log).padStart(4, "0")}.jsonl`);
  }

  async logs(): Promise<number[]> {
    return reading(this.folder, () =>
      namesIn(this.folder)
        .flatMap((name) => /^rollout-(\d+)\.jsonl$/.exec(name)?.[1] ?? [])
        .map(Number)
        .sort((a, b) => a - b),
    );
  }

  async length(log: number): Promise<number> {
    return reading(this.name(log), () => withFile(this.name(log), fs.constants.O_RDONLY, (_, length) => length));
  }

  async read(log: number, position: number, most: number): Promise<Buffer> {
    return reading(this.name(log), () =>
      withFile(this.name(log), fs.constants.O_RDONLY, (handle, length) => {
        const bytes = Buffer.allocUnsafe(Math.max(0, Math.min(most, length - position)));
        let filled = 0;
        for (let count; filled < bytes.length; filled += count) {
          count = fs.readSync(handle, bytes, filled, bytes.length - filled, position + filled);
          if (count === 0) {
            break;
          }
        }
        return bytes.subarray(0, filled);
      }),
    );
  }

  async lease(): Promise<LeaseState | undefined> {
    return reading(this.leaseName, () => this.readLease());
  }

  async swapLease(expected: LeaseState | undefined, next: LeaseState): Promise<boolean> {
    return this.locked(this.leaseName, () => {
      if (!isDeepStrictEqual(this.readLease(), expected)) {
        return false;
      }
      writeAtomically(this.leaseName, `${JSON.stringify({ format: FORMAT, ...next })}\n`);
      return true;
    });
  }

  async create(log: number, content: Buffer, lease: Holding): Promise<Written> {
    return this.held(this.name(log), lease, () => {
      if (fs.existsSync(this.name(log))) {
        return "moved";
      }
      writeAtomically(this.name(log), content);
      return "written";
    });
  }

  async append(log: number, position: number, bytes: Buffer, lease: Holding): Promise<Written> {
    const flags = fs.constants.O_WRONLY | fs.constants.O_APPEND;
    return this.held(this.name(log), lease, () =>
      withFile(this.name(log), flags, (handle, length) => {
        if (length !== position) {
          return "moved";
        }
        try {
          writeAll(handle, bytes);
          fs.fsyncSync(handle);
        } catch (error) {
          cut(handle, position);
          throw error;
        }
        return "written";
      }),
    );
  }

  async setAside(log: number, position: number, lease: Holding): Promise<Written> {
    const bytes = await this.read(log, position, Number.MAX_SAFE_INTEGER);
    return this.held(this.name(log), lease, () => {
      writeAtomically(`${this.name(log)}.torn-${position}-${sha256(bytes).slice(0, 8)}`, bytes);
      return withFile(this.name(log), fs.constants.O_WRONLY, (handle, length) => {
        if (length !== position + bytes.length) {
          return "moved";
        }
        fs.ftruncateSync(handle, position);
        fs.fsyncSync(handle);
        return "written";
      });
    });
  }

  private async held(file: string, lease: Holding, write: () => Written): Promise<Written> {
    return this.locked(file, () => (isHeld(this.readLease(), lease) ? write() : "fenced"));
  }

  private async locked<T>(file: string, action: () => T): Promise<T> {
    try {
      makeFolder(this.folder);
      const lock = path.join(this.folder, ".lock");
      return await withLock(lock, `the journal in ${this.folder}`, action, PATIENCE_MILLISECONDS);
    } catch (error) {
      throw asJournalError(error, `cannot write ${file}`);
    }
  }

  private readLease(): LeaseState | undefined {
    const text = textOf(this.leaseName);
    if (text === undefined) {
      return undefined;
    }
    try {
      const { holder, fence, expires } = leaseSchema.parse(JSON.parse(text));
      return { holder, fence, expires };
    } catch (error) {
      throw new JournalError(
        `the lease ${this.leaseName} is damaged, or of a later version of Cutover. Make sure that no \`cutover rollout\` ` +
          "runs for this stack, on any machine, then remove the file: the next command takes a new lease",
        { cause: error },
      );
    }
  }
}

/** Undoes a write that failed. If this fails, too, the torn end is recognized when it is read. */
function cut(handle: number, position: number): void {
  try {
    fs.ftruncateSync(handle, position);
    fs.fsyncSync(handle);
  } catch {
    // The first error is the one to report.
  }
}

function reading<T>(file: string, action: () => T): T {
  try {
    return action();
  } catch (error) {
    throw asJournalError(error, `cannot read ${file}`);
  }
}

function withFile<T>(file: string, flags: number, action: (handle: number, length: number) => T): T {
  const handle = fs.openSync(file, flags | NO_LINK);
  try {
    const stat = fs.fstatSync(handle);
    if (!stat.isFile()) {
      throw new JournalError(`${file} is no regular file. Put the journal's file there, or move it away`);
    }
    return action(handle, stat.size);
  } finally {
    fs.closeSync(handle);
  }
}

function textOf(file: string): string | undefined {
  return ifThere(() => withFile(file, fs.constants.O_RDONLY, (handle) => fs.readFileSync(handle, "utf8")));
}

function ifThere<T>(action: () => T): T | undefined {
  try {
    return action();
  } catch (error) {
    if (isAbsent(error)) {
      return undefined;
    }
    throw error;
  }
}
