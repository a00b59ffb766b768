import { isDeepStrictEqual } from "node:util";
import { isHeld, type Holding, type JournalStorage, type LeaseState, type Written } from "./storage";

interface Log {
  /** Joined when they are read, not with each append: that would copy the whole log each time. */
  pieces: Buffer[];
  length: number;
}

/** Keeps a journal in memory, for rehearsals. */
export class MemoryStorage implements JournalStorage {
  readonly leaseName = "the lease";
  private readonly kept: Log[] = [];
  private current: LeaseState | undefined;

  name(log: number): string {
    return `log ${log}`;
  }

  async logs(): Promise<number[]> {
    return this.kept.map((_, index) => index + 1);
  }

  async length(log: number): Promise<number> {
    return this.log(log).length;
  }

  async read(log: number, position: number, most: number): Promise<Buffer> {
    return joined(this.log(log)).subarray(position, position + most);
  }

  async lease(): Promise<LeaseState | undefined> {
    return this.current;
  }

  async swapLease(expected: LeaseState | undefined, next: LeaseState): Promise<boolean> {
    const same = isDeepStrictEqual(this.current, expected);
    if (same) {
      this.current = next;
    }
    return same;
  }

  async create(log: number, content: Buffer, lease: Holding): Promise<Written> {
    if (!isHeld(this.current, lease)) {
      return "fenced";
    }
    if (log !== this.kept.length + 1) {
      return "moved";
    }
    this.kept.push({ pieces: [content], length: content.length });
    return "written";
  }

  async append(log: number, position: number, bytes: Buffer, lease: Holding): Promise<Written> {
    if (!isHeld(this.current, lease)) {
      return "fenced";
    }
    const { pieces, length } = this.log(log);
    if (length !== position) {
      return "moved";
    }
    pieces.push(bytes);
    this.log(log).length += bytes.length;
    return "written";
  }

  async setAside(log: number, position: number, lease: Holding): Promise<Written> {
    if (!isHeld(this.current, lease)) {
      return "fenced";
    }
    this.kept[log - 1] = { pieces: [joined(this.log(log)).subarray(0, position)], length: position };
    return "written";
  }

  private log(number: number): Log {
    const log = this.kept[number - 1];
    if (log === undefined) {
      throw new RangeError(`there is no log ${number}`);
    }
    return log;
  }
}

function joined(log: Log): Buffer {
  if (log.pieces.length > 1) {
    log.pieces = [Buffer.concat(log.pieces)];
  }
  return log.pieces[0] ?? Buffer.alloc(0);
}
