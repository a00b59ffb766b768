import type { JournalRecord } from "../core/records";
import type { RolloutSummary } from "../ports";
import { JournalError } from "./errors";
import { beginsWithRecord, FORMAT, hashOf, type Header } from "./line";
import type { JournalStorage } from "./storage";

/** Bytes that are read at once. */
const CHUNK = 4 * 1024 * 1024;
const LINE_END = 0x0a;
const MARK = Buffer.from("\uFEFF");

/** Which log it is, and what comes before it. */
export interface LogIdentity {
  number: number;
  rollout: string;
  stack: string;
  /** Hash of the last record of the rollout before, empty for the first; undefined when it is not to be checked. */
  before: string | undefined;
}

/**
 * One rollout's log as it was read, each record checked against the one before. What was checked is not read again:
 * `refresh` goes on behind it.
 */
export class RolloutLog {
  /** The records, if they are kept. */
  readonly records: JournalRecord[] = [];
  /** What history shows of it. */
  readonly summary: RolloutSummary;
  /** Where the last record ends. */
  position = 0;
  /** Bytes behind it that are no record: a write that did not come to its end. */
  torn = 0;
  /** Whether the last record lacks its line's end. */
  unended = false;
  /** Sequence of the last record; 0 when there is none. */
  sequence = 0;
  fence = 0;
  /** Hash of the last record. */
  head: string | undefined;
  private lines = 0;

  constructor(
    private readonly storage: JournalStorage,
    private readonly identity: LogIdentity,
    private readonly keep: boolean,
  ) {
    this.head = identity.before;
    this.summary = { id: identity.rollout, plan: "", release: "", begun: 0 };
  }

  /** Reads and checks what was written since. @throws JournalError naming the record that is wrong. */
  async refresh(): Promise<void> {
    const { storage, identity } = this;
    const length = await storage.length(identity.number);
    if (length < this.position) {
      throw this.damaged(this.sequence, "it is not there anymore: the file is shorter than it was");
    }
    if (length === this.position && this.sequence > 0) {
      this.torn = 0;
      return;
    }
    let rest: Buffer = Buffer.alloc(0);
    for (;;) {
      const chunk = await storage.read(identity.number, this.position + rest.length, CHUNK);
      if (chunk.length === 0) {
        break;
      }
      rest = this.takeLines(rest.length === 0 ? chunk : Buffer.concat([rest, chunk]));
    }
    this.takeEnd(rest);
    if (this.sequence === 0) {
      throw this.damaged(0, this.position + rest.length === 0 ? "it is empty" : "it ends before its first record");
    }
  }

  get number(): number {
    return this.identity.number;
  }

  get id(): string {
    return this.identity.rollout;
  }

  /**
   * Adds a record that has just been appended.
   * @param bytes How many bytes that took.
   */
  accept(line: Buffer, bytes: number): JournalRecord {
    this.unended = false;
    const record = this.takeRecord(line);
    this.position += bytes;
    return record;
  }

  /** Takes all whole lines. @returns what is left behind the last line's end. */
  private takeLines(bytes: Buffer): Buffer {
    let from = 0;
    for (let end; (end = bytes.indexOf(LINE_END, from)) >= 0; from = end + 1) {
      const line = bytes.subarray(from, end);
      if (this.lines === 0) {
        this.takeHeader(line);
      } else if (line.length > 0 || !this.unended) {
        this.takeRecord(line);
      }
      this.unended = false;
      this.position += line.length + 1;
    }
    return bytes.subarray(from);
  }

  /** What stands behind the last line's end: nothing, a record without its line's end, or a torn write. */
  private takeEnd(rest: Buffer): void {
    this.torn = 0;
    if (this.lines > 0 && hashOf(rest) !== undefined) {
      this.takeRecord(rest);
      this.position += rest.length;
      this.unended = true;
    } else if (beginsWithRecord(rest)) {
      throw this.damaged(this.sequence + 1, "its line's end was changed");
    } else {
      this.torn = rest.length;
    }
  }

  private takeHeader(line: Buffer): void {
    if (line.subarray(0, MARK.length).equals(MARK)) {
      throw this.damaged(0, "it begins with a byte order mark: an editor or a copy added it");
    }
    this.checkLineEnd(line, 0);
    const header = this.parse<Partial<Header>>(line, 0);
    const { cutoverJournal: format, rollout, stack } = header;
    if (typeof format === "number" && format > FORMAT) {
      throw new JournalError(
        `the journal ${this.name} has format ${format}, and this version of Cutover reads up to ${FORMAT}: ` +
          `use the version that wrote it, or a later one`,
      );
    }
    if (format !== FORMAT || rollout !== this.identity.rollout || stack !== this.identity.stack) {
      throw this.damaged(
        0,
        `its first line should name format ${FORMAT}, rollout ${this.identity.rollout} and stack ${this.identity.stack}, ` +
          `and names ${String(format)}, ${String(rollout)} and ${String(stack)}`,
      );
    }
    this.lines = 1;
  }

  private takeRecord(line: Buffer): JournalRecord {
    const number = this.sequence + 1;
    this.checkLineEnd(line, number);
    const hash = hashOf(line);
    if (hash === undefined) {
      throw this.damaged(number, "its content does not match its hash: it was changed");
    }
    const record = this.parse<JournalRecord>(line, number);
    if (record.sequence !== number) {
      const what = record.sequence > number ? "is missing" : "is there twice, or out of order";
      throw this.damaged(
        Math.min(number, record.sequence),
        `${what}: record ${record.sequence} stands where ${number} should`,
      );
    }
    if (this.head !== undefined && record.previous !== this.head) {
      const before = number === 1 ? "the last record of the rollout before" : `record ${number - 1}`;
      throw this.damaged(number, `it does not follow ${before}: that one was changed or replaced`);
    }
    if (!(record.fence >= this.fence)) {
      throw this.damaged(
        number,
        `it was written under lease ${record.fence}, after lease ${this.fence} had been taken`,
      );
    }
    this.sequence = number;
    this.head = hash;
    this.fence = record.fence;
    this.lines += 1;
    this.summarize(record);
    if (this.keep) {
      this.records.push(record);
    }
    return record;
  }

  private summarize(record: JournalRecord): void {
    if (record.type === "started") {
      Object.assign(this.summary, { plan: record.plan.plan, release: record.plan.release, begun: record.at });
    } else if (record.type === "finished") {
      Object.assign(this.summary, { ended: record.at, outcome: record.outcome, reason: record.reason });
    }
  }

  private checkLineEnd(line: Buffer, record: number): void {
    if (line[line.length - 1] === 0x0d) {
      throw this.damaged(
        record,
        "its lines end in CR LF: an editor, a copy or `git config core.autocrlf` converted them",
      );
    }
  }

  private parse<T>(line: Buffer, record: number): T {
    try {
      const value = JSON.parse(line.toString("utf8")) as T;
      if (typeof value === "object" && value !== null) {
        return value;
      }
    } catch {
      // said below, with the same words as for another value
    }
    throw this.damaged(record, "it is no JSON object");
  }

  private get name(): string {
    return this.storage.name(this.identity.number);
  }

  private damaged(record: number, what: string): JournalError {
    const where = record === 0 ? "" : `record ${record} of `;
    return new JournalError(
      `${where}the journal ${this.name} (rollout ${this.identity.rollout}) is damaged: ${what}. Put a good copy of it back; ` +
        "`cutover rollout verify` checks it. If users are affected meanwhile, `cutover rollout break-glass` prints how to " +
        "take the candidate to 0 without it",
      undefined,
      { rollout: this.identity.rollout, record },
    );
  }
}
