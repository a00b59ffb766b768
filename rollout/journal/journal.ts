import type { JournalRecord, RecordBody } from "../core/records";
import type { Journal, Lease, RolloutSummary } from "../ports";
import { JournalError, LeaseError } from "./errors";
import { isGone } from "./holder";
import { encodeRecord, FORMAT, type Header } from "./line";
import { RolloutLog } from "./log";
import { isHeld, type JournalStorage, type LeaseState, type Written } from "./storage";

/**
 * The journal of one stack's rollouts, over a storage. One chain of hashes goes through all rollouts: the first record of
 * each names the hash of the last one of the rollout before.
 */
export class StoredJournal implements Journal {
  /** The last rollout as far as it was read: only what is new is read and checked again. */
  private opened: RolloutLog | undefined;
  /** Writes of this process come one after the other. */
  private last: Promise<unknown> = Promise.resolve();

  /** @param now - Milliseconds since the epoch: leases expire by it. */
  constructor(
    private readonly storage: JournalStorage,
    private readonly stack: string,
    private readonly now: () => number,
  ) {}

  async current(): Promise<string | undefined> {
    const number = (await this.numbers()).at(-1);
    return number === undefined ? undefined : this.id(number);
  }

  async read(id: string): Promise<JournalRecord[]> {
    return this.turn(async () => {
      const number = (await this.numbers()).find((candidate) => this.id(candidate) === id);
      if (number === undefined) {
        throw new JournalError(`stack ${this.stack} has no rollout ${id}: \`cutover rollout history\` lists them`);
      }
      return [...(await this.open(number)).records];
    });
  }

  /** Reads and checks all rollouts, and that each follows the one before. */
  async history(): Promise<RolloutSummary[]> {
    const summaries: RolloutSummary[] = [];
    let before: string | undefined = "";
    for (const number of await this.numbers()) {
      const log = this.unread(number, before, false);
      await log.refresh();
      summaries.push(log.summary);
      before = log.head;
    }
    return summaries;
  }

  async acquire(holder: string, seconds: number): Promise<Lease> {
    return this.turn(async () => {
      const kept = await this.storage.lease();
      const now = this.now();
      if (kept !== undefined && kept.expires > now && kept.holder !== holder && !isGone(kept.holder)) {
        throw taken(kept);
      }
      const last = await this.lastLog();
      const next = { holder, fence: Math.max(kept?.fence ?? 0, last?.fence ?? 0) + 1, expires: now + seconds * 1000 };
      if (!(await this.storage.swapLease(kept, next))) {
        throw new LeaseError(`somebody else took the rollout at this moment: run the command again when that is done`);
      }
      return next;
    });
  }

  async renew(lease: Lease, seconds: number): Promise<Lease> {
    return this.turn(async () => {
      const kept = await this.storage.lease();
      const next = { ...lease, expires: this.now() + seconds * 1000 };
      if (!isHeld(kept, lease) || !(await this.storage.swapLease(kept, next))) {
        throw lost(lease);
      }
      return next;
    });
  }

  async release(lease: Lease): Promise<void> {
    await this.turn(async () => {
      const kept = await this.storage.lease();
      if (kept !== undefined && isHeld(kept, lease)) {
        await this.storage.swapLease(kept, { ...kept, expires: 0 });
      }
    });
  }

  async begin(lease: Lease, at: number, body: RecordBody): Promise<{ id: string; record: JournalRecord }> {
    return this.turn(async () => {
      const last = await this.lastLog();
      if (last !== undefined && !isFinished(last)) {
        throw new JournalError(
          `rollout ${last.id} is open: \`cutover rollout status\` shows it, \`cutover rollout abort\` ends it`,
        );
      }
      const log = this.unread((last?.number ?? 0) + 1, last?.head ?? "", true);
      const header: Header = { cutoverJournal: FORMAT, rollout: log.id, stack: this.stack };
      const content = `${JSON.stringify(header)}\n${nextLine(log, lease, at, body)}\n`;
      this.check(await this.storage.create(log.number, Buffer.from(content), lease), lease, log);
      this.opened = log;
      await log.refresh();
      return { id: log.id, record: log.records[0]! };
    });
  }

  async append(lease: Lease, at: number, body: RecordBody): Promise<JournalRecord> {
    return this.turn(async () => {
      const log = await this.lastLog();
      if (log === undefined) {
        throw new JournalError(`stack ${this.stack} has no rollout: \`cutover rollout start\` begins one`);
      }
      // That people were told of the end can only be recorded behind it.
      if (isFinished(log) && body.type !== "notified") {
        throw new JournalError(`rollout ${log.id} has ended: \`cutover rollout start\` begins another one`);
      }
      const line = nextLine(log, lease, at, body);
      if (log.torn > 0) {
        this.check(await this.storage.setAside(log.number, log.position, lease), lease, log);
      }
      const bytes = Buffer.from(`${log.unended ? "\n" : ""}${line}\n`);
      this.check(await this.storage.append(log.number, log.position, bytes, lease), lease, log);
      return log.accept(Buffer.from(line), bytes.length);
    });
  }

  private async lastLog(): Promise<RolloutLog | undefined> {
    const number = (await this.numbers()).at(-1);
    return number === undefined ? undefined : this.open(number);
  }

  /** A log, read and checked to its end. The last one is kept. */
  private async open(number: number): Promise<RolloutLog> {
    const log = this.opened?.number === number ? this.opened : this.unread(number, undefined, true);
    await log.refresh();
    if (number >= (this.opened?.number ?? 0)) {
      this.opened = log;
    }
    return log;
  }

  private unread(number: number, before: string | undefined, keep: boolean): RolloutLog {
    return new RolloutLog(this.storage, { number, rollout: this.id(number), stack: this.stack, before }, keep);
  }

  private async numbers(): Promise<number[]> {
    const numbers = await this.storage.logs();
    const gap = numbers.findIndex((number, index) => number !== index + 1);
    if (gap >= 0) {
      throw new JournalError(
        `the journal ${this.storage.name(gap + 1)} is missing, and there are later ones: put a copy of it back`,
      );
    }
    return numbers;
  }

  private id(number: number): string {
    return rolloutId(this.stack, number);
  }

  private check(written: Written, lease: Lease, log: RolloutLog): void {
    if (written === "fenced") {
      throw lost(lease);
    }
    if (written === "moved") {
      throw new JournalError(
        `the journal ${this.storage.name(log.number)} was changed by something that does not hold its lease. Nothing was ` +
          "written: find out what it was, then run `cutover rollout verify`",
      );
    }
  }

  /** Runs an action when those before it are done. */
  private turn<T>(action: () => Promise<T>): Promise<T> {
    const result = this.last.then(action);
    this.last = result.catch(() => undefined);
    return result;
  }
}

/** The identifier of a stack's rollout by the number of its log. */
export function rolloutId(stack: string, number: number): string {
  return `${stack}-${number}`;
}

function isFinished(log: RolloutLog): boolean {
  return log.summary.ended !== undefined;
}

function nextLine(log: RolloutLog, { fence }: Lease, at: number, body: RecordBody): string {
  return encodeRecord(body, at, { sequence: log.sequence + 1, fence, previous: log.head ?? "" });
}

function taken(kept: LeaseState): LeaseError {
  return new LeaseError(
    `the rollout is in the hands of ${kept.holder} until ${new Date(kept.expires).toISOString()}. ` +
      "Wait until that command has ended; a controller that died loses it by itself then",
  );
}

function lost({ holder, fence }: Lease): LeaseError {
  return new LeaseError(
    `${holder} has lost the rollout (lease ${fence}): it was taken over, or given back. Nothing was ` +
      "written. End this command: whoever has the rollout now goes on with it",
  );
}
