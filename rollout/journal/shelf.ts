import * as fs from "node:fs";
import * as path from "node:path";
import type { z } from "zod";

import { writeAtomically } from "../../files/atomicFile";
import { makeFolder } from "../../files/folder";
import { asJournalError, JournalError } from "./errors";

/**
 * Where small texts stand beside the journals of all stacks: claims, heartbeats, requests, overrides. A text is read whole
 * or not at all. Paths have slashes; the first part is a stack's folder.
 */
export interface Shelf {
  /** Name of a text, for messages. */
  name(path: string): string;
  /** Names of texts and folders in a folder, sorted; none when it is not there. @param folder - Empty for the top. */
  names(folder: string): Promise<string[]>;
  /** A text; undefined when it is not there. */
  read(path: string): Promise<string | undefined>;
  /** Writes a text, or replaces it. @param secret - Whether other users of the machine must not read it. */
  write(path: string, text: string, secret?: boolean): Promise<void>;
  /** Removes a text, if it is there. */
  remove(path: string): Promise<void>;
}

/** A shelf that is a folder of this machine. All it does fails with a JournalError. */
export class FolderShelf implements Shelf {
  /** @param folder - Made when something is written. */
  constructor(private readonly folder: string) {}

  name(text: string): string {
    return path.join(this.folder, text);
  }

  async names(folder: string): Promise<string[]> {
    return namesIn(path.join(this.folder, folder));
  }

  async read(text: string): Promise<string | undefined> {
    try {
      return fs.readFileSync(this.name(text), "utf8");
    } catch (error) {
      if (isAbsent(error)) {
        return undefined;
      }
      throw asJournalError(error, `cannot read ${this.name(text)}`);
    }
  }

  async write(text: string, content: string, secret = false): Promise<void> {
    const file = this.name(text);
    try {
      makeFolder(path.dirname(file), secret ? 0o700 : 0o777);
      writeAtomically(file, content, secret ? 0o600 : 0o644);
    } catch (error) {
      throw asJournalError(error, `cannot write ${file}`);
    }
  }

  async remove(text: string): Promise<void> {
    try {
      fs.rmSync(this.name(text), { force: true });
    } catch (error) {
      throw asJournalError(error, `cannot remove ${this.name(text)}`);
    }
  }
}

/**
 * Reads a text that is JSON; undefined when there is none.
 *
 * @param what - What it is and what to do when it is damaged, for the message.
 * @throws JournalError when it cannot be read, or is damaged.
 */
export async function readJson<T>(
  shelf: Shelf,
  text: string,
  schema: z.ZodType<T>,
  what: { is: string; advice: string },
): Promise<T | undefined> {
  const content = await shelf.read(text);
  if (content === undefined) {
    return undefined;
  }
  try {
    return schema.parse(JSON.parse(content));
  } catch (error) {
    throw new JournalError(
      `${what.is} ${shelf.name(text)} is damaged, or of another version of Cutover. ${what.advice}`,
      { cause: error },
    );
  }
}

/** Writes a value as a text that is JSON. */
export async function writeJson(shelf: Shelf, text: string, value: unknown): Promise<void> {
  await shelf.write(text, `${JSON.stringify(value)}\n`);
}

/** Names in a folder, sorted; none when there is no folder. @throws JournalError when it cannot be read. */
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
