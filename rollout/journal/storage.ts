/** The lease as it is kept. It is never deleted: its number must not start over. */
export interface LeaseState {
  holder: string;
  fence: number;
  /** Milliseconds since the epoch; 0 once it was given back. */
  expires: number;
}

/**
 * What a journal is kept in: one log per rollout, numbered from 1 without a gap, and one lease. Everything that writes is
 * conditional, so that of two writers one fails; a folder does it under a lock, an object store with `If-Match` and
 * `If-None-Match` (lease and end of the log are then one object, replaced with each append).
 */
export interface JournalStorage {
  /** Name of a log, for messages. */
  name(log: number): string;
  /** Name of the lease, for messages. */
  readonly leaseName: string;
  /** Numbers of the logs there are, ascending. */
  logs(): Promise<number[]>;
  /** Length of a log in bytes. */
  length(log: number): Promise<number>;
  /** Bytes of a log, at most so many, from a position on; empty at its end. */
  read(log: number, position: number, most: number): Promise<Buffer>;
  /** The lease; undefined when there never was one. */
  lease(): Promise<LeaseState | undefined>;
  /** Replaces the lease if it is still the one expected. @returns whether it was. */
  swapLease(expected: LeaseState | undefined, next: LeaseState): Promise<boolean>;
  /** Makes a new log, whole or not at all, if the lease is held and the log is not there. */
  create(log: number, content: Buffer, lease: Holding): Promise<Written>;
  /** Appends durably, if the lease is held and the log ends at the position. A failure leaves the log as it was, or with a torn end. */
  append(log: number, position: number, bytes: Buffer, lease: Holding): Promise<Written>;
  /** Keeps what stands behind the position elsewhere, as evidence, and ends the log there, if the lease is held. */
  setAside(log: number, position: number, lease: Holding): Promise<Written>;
}

/** A lease that must still be held for a write. */
export type Holding = Pick<LeaseState, "holder" | "fence">;

/** What came of a conditional write: `fenced` when the lease was lost, `moved` when the log does not end there. */
export type Written = "written" | "fenced" | "moved";

/** Whether a lease is still the one that is kept. Of one that was taken over or given back it is not. */
export function isHeld(kept: LeaseState | undefined, lease: Holding): boolean {
  return kept !== undefined && kept.fence === lease.fence && kept.holder === lease.holder && kept.expires > 0;
}
