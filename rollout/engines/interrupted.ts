import { EngineError, type Recovery } from "../engine";

/** Who holds the lock of a stack, as the CLI tells it of a state that lies in a bucket or a folder. */
export interface Lock {
  user: string;
  host: string;
  pid: number;
  /** When it was taken, as an ISO date. */
  since: string;
}

/** Pulumi Cloud's answer while another update goes on; it does not say whose. */
const CLOUD_CONFLICT = "Another update is currently in progress";
const BUCKET_CONFLICT = "the stack is currently locked by";

/** Whether the CLI was refused because the stack is being changed. */
export function isLocked(stderr: string): boolean {
  return stderr.includes(BUCKET_CONFLICT) || stderr.includes(CLOUD_CONFLICT);
}

/** The locks in the CLI's refusal; none when the backend does not name them. */
export function locksIn(stderr: string): Lock[] {
  return [...stderr.matchAll(/: created by (.+)@(\S+) \(pid (\d+)\) at (\S+)/g)].map(
    ([, user = "", host = "", pid, since = ""]) => ({ user, host, pid: Number(pid), since }),
  );
}

/** Who a lock is compared with: where this process runs, and which processes live there. */
export interface Here {
  host: string;
  isAlive: (pid: number) => boolean;
}

/** What a lock means from here: `gone` when all who hold it are dead, `alive` when one lives here, else nobody can tell. */
export function stateOf(locks: readonly Lock[], { host, isAlive }: Here): "gone" | "alive" | "unknown" {
  if (locks.some((lock) => lock.host === host && isAlive(lock.pid))) {
    return "alive";
  }
  return locks.length > 0 && locks.every((lock) => lock.host === host) ? "gone" : "unknown";
}

/** The refusal for a stack that is locked by somebody who is not known to be gone. */
export function lockedError(stack: string, locks: readonly Lock[], host: string): EngineError {
  if (locks.length === 0) {
    return new EngineError(
      `stack ${stack} is being changed by another update. One that was killed ends by itself after some minutes; ` +
        `when you know that nobody works on it: pulumi cancel --yes ${stack}`,
    );
  }
  const holders = locks.map(
    ({ user, host: where, pid, since }) => `process ${pid} of ${user} on ${where}, since ${since}`,
  );
  const end = locks.some((lock) => lock.host === host)
    ? `wait for it, or end it with \`kill -INT ${locks.find((lock) => lock.host === host)!.pid}\``
    : `wait for it; when you know that it is dead: pulumi cancel --yes ${stack}`;
  return new EngineError(`stack ${stack} is being changed by ${holders.join("; ")}: ${end}`);
}

/** An operation that was begun, and of which nobody knows whether it was done. */
export interface PendingOperation {
  type: string;
  resource: { urn: string; type: string };
}

/** The pending operations of an exported state. */
export function pendingIn(deployment: unknown): PendingOperation[] {
  return (deployment as { pending_operations?: PendingOperation[] }).pending_operations ?? [];
}

/** Those that a look at the clouds settles: the thing is known, and only its properties are not. */
export function readable(operations: readonly PendingOperation[]): PendingOperation[] {
  return operations.filter(({ type }) => type !== "creating");
}

/**
 * What became of pending operations.
 *
 * @param settled - Those that a look at the clouds settled.
 * @param unread - Those whose cloud could not be asked: why, by URN.
 * @param left - Those that are still pending: creations. Without an identifier nobody knows what to look for.
 */
export function recoveryOf(
  stack: string,
  settled: readonly PendingOperation[],
  unread: ReadonlyMap<string, string>,
  left: readonly PendingOperation[],
): Recovery {
  return {
    mended: settled.map(
      ({ type, resource: { urn } }) =>
        `${urn}: a run was killed while ${type} it; the record is what its cloud has again`,
    ),
    left: [
      ...[...unread].map(
        ([urn, problem]) =>
          `${urn}: a run was killed while changing it, and the record may be wrong: ${problem}. ` +
          `When its cloud answers again: pulumi refresh --stack ${stack} --target '${urn}'`,
      ),
      ...left.map(
        ({ resource: { urn } }) =>
          `${urn}: a run was killed while creating it, and nobody knows whether it is there. Look for it in its cloud. ` +
          `If it is there: pulumi refresh --stack ${stack} --import-pending-creates '${urn}' --import-pending-creates ID. ` +
          `If it is not: pulumi refresh --stack ${stack} --clear-pending-creates`,
      ),
    ],
  };
}
