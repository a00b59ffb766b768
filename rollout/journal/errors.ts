import { EngineError } from "../engine";

/** The journal cannot be read, or not be written. The message names the file, the record and what to do. */
export class JournalError extends EngineError {
  override readonly name = "JournalError";

  /** @param where - The record that is wrong; 0 for what stands before the first one. */
  constructor(
    message: string,
    options?: ErrorOptions,
    readonly where?: { rollout: string; record: number },
  ) {
    super(message, options);
  }
}

/** Somebody else has the right to write the journal. Nothing was written. */
export class LeaseError extends EngineError {
  override readonly name = "LeaseError";
}

/** What can be done about errors of the file system, by code. */
const ADVICE: Readonly<Record<string, string>> = {
  ENOSPC: "Free space on the disk",
  EDQUOT: "Free space in your quota",
  EROFS: "Mount the disk for writing",
  EACCES: "Give this user the right to read and write it",
  EPERM: "Give this user the right to read and write it",
  EMFILE: "Allow this process more open files (ulimit -n)",
  ENFILE: "Close programs: the machine has no open files left",
  ELOOP: "It is a symbolic link, and the journal follows none: put the file itself there",
};

/**
 * An error of the file system as one of the journal; errors that say already what to do stay what they are.
 * @param doing - What failed, e.g. `cannot append to the journal /x/rollout-0001.jsonl`.
 */
export function asJournalError(error: unknown, doing: string): EngineError {
  if (error instanceof JournalError || error instanceof LeaseError) {
    return error;
  }
  if (error instanceof EngineError) {
    return new JournalError(`${doing}: ${error.message}`, { cause: error });
  }
  const { message, code = "" } = error as NodeJS.ErrnoException;
  const advice = ADVICE[code] ?? "Mend that";
  return new JournalError(
    `${doing}: ${message}. What was recorded before is unharmed. ${advice}, then run \`cutover rollout resume\``,
    { cause: error },
  );
}
