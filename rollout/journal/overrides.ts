import { z } from "zod";

import type { Json } from "../engine";
import { stackFolder } from "./location";
import { readJson, writeJson, type Shelf } from "./shelf";

/** That somebody brought up values which an open rollout owns, on purpose. */
export interface Override {
  by: string;
  reason: string;
  /** The stack that was brought up. */
  stack: string;
  /** Milliseconds since the epoch. */
  at: number;
  /** The values that differ from the claim's, by path in the `cutover:` config. */
  patch: Record<string, Json>;
}

const overrideSchema = z.strictObject({
  by: z.string(),
  reason: z.string(),
  stack: z.string(),
  at: z.int(),
  patch: z.record(z.string(), z.json()),
});

/**
 * Notes an override for the controller. A file each, so that nothing is lost when one is noted while others are taken.
 *
 * @param journal - The stack whose journal the open rollout is in: the claim's `stack`.
 * @throws JournalError when it cannot be written.
 */
export async function noteOverride(shelf: Shelf, journal: string, override: Override): Promise<void> {
  await writeJson(shelf, `${folderOf(journal)}/${override.at}-${process.pid}.json`, override);
}

/**
 * Gives each noted override to the journal, oldest first, and forgets it then. A kill between the two gives it twice.
 *
 * @param record - Writes it to the journal.
 */
export async function takeOverrides(
  shelf: Shelf,
  journal: string,
  record: (override: Override) => Promise<unknown>,
): Promise<void> {
  const names = await shelf.names(folderOf(journal));
  for (const name of names.filter((candidate) => /^\d+-\d+\.json$/.test(candidate))) {
    const text = `${folderOf(journal)}/${name}`;
    const override = await readJson<Override>(shelf, text, overrideSchema, {
      is: "the noted override",
      advice: "Note who overrode what, and why, then remove it",
    });
    if (override !== undefined) {
      await record(override);
      await shelf.remove(text);
    }
  }
}

function folderOf(journal: string): string {
  return `${stackFolder(journal)}/overrides`;
}
