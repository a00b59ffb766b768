import { randomUUID } from "node:crypto";
import { isDeepStrictEqual } from "node:util";
import { sha256 } from "./canonical";
import { JournalError } from "./errors";
import { decodeHead, encodeHead, type Head } from "./s3Head";
import type { S3Objects } from "./s3Objects";
import { isHeld, type Holding, type JournalStorage, type LeaseState, type Written } from "./storage";

/** A tail of so many bytes goes to an object of its own before something is appended: each append sends the tail again. */
const MOST_TAIL = 128 * 1024;

/** How often a write is tried again because something else was written meanwhile. */
const MOST_TRIES = 5;

/** Objects that are read at once. */
const AT_ONCE = 16;

/** The head as it was last read or written. */
interface Kept {
  head: Head;
  /** Absent while there is no object. */
  etag?: string;
}

/** What to write instead of a head, or why not. */
type Change<T> = { next: Omit<Head, "write">; done: T } | { refused: T };

/**
 * Keeps a journal in S3, below a stack's prefix:
 *
 * - `head`: the lease, and the end of the last log (its tail, up to {@link MOST_TAIL} bytes and what was appended last). The only
 *   object that is ever replaced, and only with `If-Match`. So an append and the check of its lease are one write: what comes
 *   late under a lost lease meets another ETag and is refused.
 * - `rollout-0001/000000000000.jsonl`: pieces of a log, named by their position in it. Each was the head's tail before, is made
 *   with `If-None-Match: *`, and never replaced.
 *
 * An answer that is lost makes a write unknown: the head is read again, and says whether it was this one.
 */
export class S3Storage implements JournalStorage {
  readonly leaseName: string;
  private kept: Kept | undefined;

  /** @param objects - Of one stack. */
  constructor(private readonly objects: S3Objects) {
    this.leaseName = objects.name(HEAD);
  }

  name(log: number): string {
    return this.objects.name(folderOf(log));
  }

  async logs(): Promise<number[]> {
    const { head } = await this.fresh();
    return Array.from({ length: head.log }, (_, index) => index + 1);
  }

  async length(log: number): Promise<number> {
    const { head } = await this.known();
    if (log === head.log) {
      return head.start + head.tail.length;
    }
    const [position, size] = [...(await this.pieces(log))].at(-1) ?? [0, 0];
    return position + size;
  }

  async read(log: number, position: number, most: number): Promise<Buffer> {
    const { head } = await this.known();
    const end = log === head.log ? head.start : await this.length(log);
    const wanted = position < end ? await this.readPieces(log, position, Math.min(end, position + most), end) : [];
    if (log === head.log) {
      wanted.push(head.tail.subarray(Math.max(0, position - head.start)));
    }
    return Buffer.concat(wanted).subarray(0, most);
  }

  async lease(): Promise<LeaseState | undefined> {
    return (await this.fresh()).head.lease;
  }

  async swapLease(expected: LeaseState | undefined, next: LeaseState): Promise<boolean> {
    return this.change<boolean>(async (head) =>
      isDeepStrictEqual(head.lease, expected) ? { next: { ...head, lease: next }, done: true } : { refused: false },
    );
  }

  async create(log: number, content: Buffer, lease: Holding): Promise<Written> {
    return this.held(lease, async (head) => {
      if (log !== head.log + 1) {
        return { refused: "moved" };
      }
      await this.flush(head);
      return { next: { ...head, log, start: 0, tail: content }, done: "written" };
    });
  }

  async append(log: number, position: number, bytes: Buffer, lease: Holding): Promise<Written> {
    return this.held(lease, async (head) => {
      if (log !== head.log || position !== head.start + head.tail.length) {
        return { refused: "moved" };
      }
      if (head.tail.length < MOST_TAIL) {
        return { next: { ...head, tail: Buffer.concat([head.tail, bytes]) }, done: "written" };
      }
      await this.flush(head);
      return { next: { ...head, start: position, tail: bytes }, done: "written" };
    });
  }

  async setAside(log: number, position: number, lease: Holding): Promise<Written> {
    return this.held(lease, async (head) => {
      const at = position - head.start;
      if (log !== head.log || at > head.tail.length) {
        return { refused: "moved" };
      }
      if (at < 0) {
        throw new JournalError(
          `${this.name(log)} is damaged before byte ${head.start}, where nothing is ever written again: put the objects back that were there`,
        );
      }
      const rest = head.tail.subarray(at);
      await this.objects.put(`${folderOf(log)}/torn-${position}-${sha256(rest).slice(0, 8)}`, rest, { absent: true });
      return { next: { ...head, tail: head.tail.subarray(0, at) }, done: "written" };
    });
  }

  private held(lease: Holding, write: (head: Head) => Promise<Change<Written>>): Promise<Written> {
    return this.change(async (head) => (isHeld(head.lease, lease) ? write(head) : { refused: "fenced" }));
  }

  /** Replaces the head, if it is still what the change was made of; else it is read, and the change made, again. */
  private async change<T>(make: (head: Head) => Promise<Change<T>>): Promise<T> {
    let kept = this.kept;
    let isFresh = kept === undefined;
    kept ??= await this.fresh();
    for (let tries = 0; tries < MOST_TRIES; tries += 1) {
      const change = await make(kept.head);
      if ("next" in change) {
        if (await this.replace(kept, { ...change.next, write: randomUUID() })) {
          return change.done;
        }
      } else if (isFresh) {
        return change.refused;
      }
      kept = await this.fresh();
      isFresh = true;
    }
    throw new JournalError(
      `cannot write ${this.leaseName}: it was replaced ${MOST_TRIES} times meanwhile. Find out what else writes there, then run the command again`,
    );
  }

  /** @returns Whether it was written; the answer to that may have been lost, and the write been repeated. */
  private async replace({ etag }: Kept, head: Head): Promise<boolean> {
    try {
      const condition = etag === undefined ? ({ absent: true } as const) : { etag };
      const written = await this.objects.put(HEAD, encodeHead(head), condition);
      if (written !== undefined) {
        this.kept = { head, etag: written };
        return true;
      }
    } catch (error) {
      const isDone = await this.isWritten(head).catch(() => false);
      if (!isDone) {
        this.kept = undefined;
        throw error;
      }
      return true;
    }
    return this.isWritten(head);
  }

  private async isWritten({ write }: Head): Promise<boolean> {
    return (await this.fresh()).head.write === write;
  }

  /** Puts the tail into an object of its own. What is there already is what the tail was when it was tried before. */
  private async flush({ log, start, tail }: Head): Promise<void> {
    let [position, rest] = [start, tail];
    while (rest.length > 0) {
      const key = keyOf(log, position);
      if ((await this.objects.put(key, rest, { absent: true })) !== undefined) {
        return;
      }
      const there = (await this.objects.get(key))?.body ?? Buffer.alloc(0);
      if (there.length === 0 || !rest.subarray(0, there.length).equals(there)) {
        throw new JournalError(
          `${this.objects.name(key)} is not what was written there: put its first version back, then run the command again`,
        );
      }
      [position, rest] = [position + there.length, rest.subarray(there.length)];
    }
  }

  private async known(): Promise<Kept> {
    return this.kept ?? this.fresh();
  }

  private async fresh(): Promise<Kept> {
    const object = await this.objects.get(HEAD);
    if (object !== undefined) {
      this.kept = { head: decodeHead(object.body, this.leaseName), etag: object.etag };
      return this.kept;
    }
    const { folders } = await this.objects.list("");
    if (folders.some((folder) => /^rollout-\d+$/.test(folder))) {
      throw new JournalError(
        `${this.leaseName} is missing, and there are rollouts beside it: put its last version back ` +
          "(`aws s3api list-object-versions` shows those of a bucket with versioning)",
      );
    }
    this.kept = { head: { write: "", log: 0, start: 0, tail: Buffer.alloc(0) } };
    return this.kept;
  }

  /** Positions of the pieces of a log, ascending, with their sizes. */
  private async pieces(log: number): Promise<Map<number, number>> {
    const { objects } = await this.objects.list(folderOf(log));
    return new Map(
      [...objects].flatMap(([name, size]) => {
        const position = /^(\d{12})\.jsonl$/.exec(name)?.[1];
        return position === undefined ? [] : [[Number(position), size] as const];
      }),
    );
  }

  /** Bytes of a log from its pieces. @param end - Where the last piece that counts ends. */
  private async readPieces(log: number, from: number, to: number, end: number): Promise<Buffer[]> {
    const wanted: number[] = [];
    let next = 0;
    for (const [position, size] of await this.pieces(log)) {
      if (position !== next || next >= end) {
        break;
      }
      next += size;
      if (next > from && position < to) {
        wanted.push(position);
      }
    }
    if (next < Math.min(to, end)) {
      throw new JournalError(`${this.objects.name(keyOf(log, next))} is missing, or shorter than it was: put it back`);
    }
    const bytes: Buffer[] = [];
    for (let at = 0; at < wanted.length; at += AT_ONCE) {
      const batch = wanted.slice(at, at + AT_ONCE).map((position) => this.piece(log, position));
      bytes.push(...(await Promise.all(batch)));
    }
    if (bytes.length > 0) {
      bytes[0] = bytes[0]!.subarray(from - wanted[0]!);
    }
    return bytes;
  }

  private async piece(log: number, position: number): Promise<Buffer> {
    const object = await this.objects.get(keyOf(log, position));
    if (object === undefined) {
      throw new JournalError(`${this.objects.name(keyOf(log, position))} is missing: put it back`);
    }
    return object.body;
  }
}

const HEAD = "head";

function folderOf(log: number): string {
  return `rollout-${String(log).padStart(4, "0")}`;
}

function keyOf(log: number, position: number): string {
  return `${folderOf(log)}/${String(position).padStart(12, "0")}.jsonl`;
}
