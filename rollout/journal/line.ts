import type { JournalRecord, RecordBody } from "../core/records";
import { canonicalJson, sha256 } from "./canonical";
import { JournalError } from "./errors";

/** The format of what is written. A log that names a later one is not read: its meaning is unknown. */
export const FORMAT = 1;

/** What stands in the first line of a log. */
export interface Header {
  cutoverJournal: number;
  rollout: string;
  stack: string;
}

/** What a record carries beside its body. */
export type Envelope = Omit<JournalRecord, keyof RecordBody>;

/** The end of a record's line: `,"hash":"…"}`. */
const HASH_LENGTH = 64;
const TAIL_LENGTH = `,"hash":""}`.length + HASH_LENGTH;
const TAIL = /^,"hash":"([0-9a-f]{64})"\}$/;

/**
 * A record as its line, without the line's end: canonical JSON, and the hash of that as the last member.
 * So a reader hashes the bytes that it reads, and needs no canonical form.
 */
export function encodeRecord(
  body: RecordBody,
  at: number,
  { sequence, fence, previous }: Omit<Envelope, "at" | "hash">,
): string {
  let text: string;
  try {
    text = canonicalJson({ ...body, sequence, at, fence, previous });
  } catch (error) {
    throw new JournalError(
      `a record of type ${body.type} cannot be written: ${(error as Error).message}. Nothing was recorded`,
      { cause: error },
    );
  }
  return `${text.slice(0, -1)},"hash":"${sha256(text)}"}`;
}

/** The hash of a record's line if the line has it; undefined for a line that was changed or is none. */
export function hashOf(line: Buffer): string | undefined {
  const claimed = TAIL.exec(line.toString("latin1", line.length - TAIL_LENGTH))?.[1];
  return claimed === hashBefore(line, line.length - TAIL_LENGTH) ? claimed : undefined;
}

/** Whether bytes without a line's end begin with a whole record: then they are no torn end, but a record that was damaged behind. */
export function beginsWithRecord(bytes: Buffer): boolean {
  const text = bytes.toString("latin1");
  for (const { index, 1: claimed } of text.matchAll(/,"hash":"([0-9a-f]{64})"\}/g)) {
    if (hashBefore(bytes, index) === claimed) {
      return true;
    }
  }
  return false;
}

function hashBefore(line: Buffer, end: number): string | undefined {
  return end <= 0 ? undefined : sha256(Buffer.concat([line.subarray(0, end), CLOSE]));
}

const CLOSE = Buffer.from("}");
