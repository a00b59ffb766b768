import { z } from "zod";
import { JournalError } from "./errors";
import { FORMAT } from "./line";
import type { LeaseState } from "./storage";

/** What stands in the one object that is ever replaced: the lease, and where the last log ends. */
export interface Head {
  /** Tells one write from any other: whether one whose answer was lost was done. */
  write: string;
  /** Absent when there never was one. */
  lease?: LeaseState;
  /** Number of the last log; 0 when there is none. */
  log: number;
  /** Where in it the tail begins. What is before stands in objects of its own. */
  start: number;
  /** Its end. */
  tail: Buffer;
}

const schema = z.strictObject({
  cutoverHead: z.literal(FORMAT),
  write: z.string(),
  lease: z.strictObject({ holder: z.string(), fence: z.int().positive(), expires: z.int().nonnegative() }).optional(),
  log: z.int().nonnegative(),
  start: z.int().nonnegative(),
  length: z.int().nonnegative(),
});

/** The head as bytes: a line of JSON, then the tail as it is, so that people can read it. */
export function encodeHead({ tail, ...rest }: Head): Buffer {
  const line = JSON.stringify({ cutoverHead: FORMAT, ...rest, length: tail.length });
  return Buffer.concat([Buffer.from(`${line}\n`), tail]);
}

/** @param name - Of the object, for the message. @throws JournalError when it is damaged. */
export function decodeHead(body: Buffer, name: string): Head {
  const end = body.indexOf(0x0a);
  try {
    const { cutoverHead: _, length, ...head } = schema.parse(JSON.parse(body.subarray(0, end).toString("utf8")));
    const tail = body.subarray(end + 1);
    if (tail.length === length) {
      return { ...head, tail };
    }
  } catch {
    // Said below, with the same words as for a tail of another length.
  }
  throw new JournalError(
    `${name} is damaged, or of a later version of Cutover: put its last good version back ` +
      "(`aws s3api list-object-versions` shows those of a bucket with versioning)",
  );
}
