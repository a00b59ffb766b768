import * as fs from "node:fs";
import * as path from "node:path";
import type { z } from "zod";

import { writeAtomically } from "../../rehearsal/engine/atomicFile";
import { asJournalError, JournalError } from "./errors";

/** Writes a small JSON file, whole at any moment. Its folder is made. @throws JournalError; the file is then what it was. */
export function writeSmall(file: string, content: unknown): void {
  try {
    fs.mkdirSync(path.dirname(file), { recursive: true });
    writeAtomically(file, `${JSON.stringify(content)}\n`);
  } catch (error) {
    throw asJournalError(error, `cannot write ${file}`);
  }
}

/**
 * Reads a small JSON file; undefined when there is none.
 * @param what - What it is and what to do when it is damaged, for the message.
 * @throws JournalError when it cannot be read, or is damaged.
 */
export function readSmall<T>(file: string, schema: z.ZodType<T>, what: { is: string; advice: string }): T | undefined {
  let text: string;
  try {
    text = fs.readFileSync(file, "utf8");
  } catch (error) {
    if (isAbsent(error)) {
      return undefined;
    }
    throw asJournalError(error, `cannot read ${what.is} ${file}`);
  }
  try {
    return schema.parse(JSON.parse(text));
  } catch (error) {
    throw new JournalError(`${what.is} ${file} is damaged, or of another version of Cutover. ${what.advice}`, {
      cause: error,
    });
  }
}

/** Removes a file, if it is there. @throws JournalError when it cannot be removed. */
export function removeSmall(file: string): void {
  try {
    fs.rmSync(file, { force: true });
  } catch (error) {
    throw asJournalError(error, `cannot remove ${file}`);
  }
}

/** Names in a folder, sorted; none when there is no folder. */
export function namesIn(folder: string): string[] {
  try {
    return fs.readdirSync(folder).sort();
  } catch (error) {
    if (isAbsent(error)) {
      return [];
    }
    throw asJournalError(error, `cannot read ${folder}`);
  }
}

/** Whether a file or folder is not there. */
export function isAbsent(error: unknown): boolean {
  const { code } = error as NodeJS.ErrnoException;
  return code === "ENOENT" || code === "ENOTDIR";
}
