import type { JournalRecord } from "../core/records";
import { hashOf } from "./line";
import type { JournalStorage } from "./storage";

/** The first record of a rollout. */
export type Started = Extract<JournalRecord, { type: "started" }>;

/** Bytes in which the first record is looked for: many times what the largest plan takes. */
const MOST = 4 * 1024 * 1024;
const CR = 0x0d;

/**
 * The first record of a log, for the day when the log is damaged elsewhere: its own hash is checked, and nothing else. Line
 * ends that were converted do not matter, nor what stands before it.
 *
 * @returns undefined when that record itself is not whole.
 */
export async function startedIn(storage: JournalStorage, log: number): Promise<Started | undefined> {
  const bytes = await storage.read(log, 0, MOST);
  for (let from = 0; from < bytes.length;) {
    const end = bytes.indexOf("\n", from);
    const line = bytes.subarray(from, end < 0 ? bytes.length : end);
    const record = recordIn(line.at(-1) === CR ? line.subarray(0, -1) : line);
    if (record?.type === "started") {
      return record;
    }
    from += line.length + 1;
  }
  return undefined;
}

function recordIn(line: Buffer): JournalRecord | undefined {
  return hashOf(line) === undefined ? undefined : (JSON.parse(line.toString("utf8")) as JournalRecord);
}
