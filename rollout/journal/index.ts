/** The record of the rollouts of a stack: append-only, chained by hashes, written by one controller at a time. */
import * as path from "node:path";
import type { Journal } from "../ports";
import { FolderStorage } from "./folderStorage";
import { rolloutId, StoredJournal } from "./journal";
import { stackFolder, type Location } from "./location";
import { MemoryStorage } from "./memoryStorage";
import { S3Objects } from "./s3Objects";
import { S3Shelf } from "./s3Shelf";
import { S3Storage } from "./s3Storage";
import { FolderShelf, type Shelf } from "./shelf";
import { startedIn, type Started } from "./started";
import type { JournalStorage } from "./storage";

export { readClaim, removeClaim, writeClaim, type Claim } from "./claim";
export { JournalError, LeaseError } from "./errors";
export { beat, lastBeat, type Heartbeat } from "./heartbeat";
export { thisHolder } from "./holder";
export { journalLocation, type Location } from "./location";
export { noteOverride, takeOverrides, type Override } from "./overrides";
export { FolderShelf, type Shelf } from "./shelf";

/** The journals of all stacks, and what stands beside them. */
export interface Journals {
  /** @param now - Milliseconds since the epoch; leases expire by it. */
  of(stack: string, now?: () => number): Journal;
  /**
   * The first record of the last rollout, by itself: nothing but its own hash is checked.
   * @returns undefined when that record is damaged, or there was no rollout
   */
  started(stack: string): Promise<{ id: string; record: Started } | undefined>;
  shelf: Shelf;
}

/** The journals at a place. Nothing is read or made yet. @param environment - Where S3 finds its server. */
export function openJournals(location: Location, environment: NodeJS.ProcessEnv): Journals {
  if ("folder" in location) {
    const { folder } = location;
    return journals(new FolderShelf(folder), (stack) => new FolderStorage(path.join(folder, stackFolder(stack))));
  }
  const objects = new S3Objects(location.bucket, location.prefix, environment);
  return journals(new S3Shelf(objects), (stack) => new S3Storage(objects.below(stackFolder(stack))));
}

function journals(shelf: Shelf, storage: (stack: string) => JournalStorage): Journals {
  return {
    shelf,
    of: (stack, now = Date.now) => new StoredJournal(storage(stack), stack, now),
    started: async (stack) => {
      const kept = storage(stack);
      const last = (await kept.logs()).at(-1);
      const record = last === undefined ? undefined : await startedIn(kept, last);
      return record === undefined ? undefined : { id: rolloutId(stack, last!), record };
    },
  };
}

/**
 * The journal of a stack in a folder of this machine.
 *
 * @param folder - The folder of all stacks' journals. Made when something is written.
 * @param now - Milliseconds since the epoch; leases expire by it.
 */
export function folderJournal(folder: string, stack: string, now?: () => number): Journal {
  return openJournals({ folder }, {}).of(stack, now);
}

/** A journal that ends with the process, for rehearsals. The same as a folder's in all else. */
export function memoryJournal(stack: string, now: () => number = Date.now): Journal {
  return new StoredJournal(new MemoryStorage(), stack, now);
}
