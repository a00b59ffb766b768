/** The record of the rollouts of a stack: append-only, chained by hashes, written by one controller at a time. */
import type { Journal } from "../ports";
import { FolderStorage } from "./folderStorage";
import { StoredJournal } from "./journal";
import { stackFolder } from "./location";
import { MemoryStorage } from "./memoryStorage";

export { readClaim, removeClaim, writeClaim, type Claim } from "./claim";
export { JournalError, LeaseError } from "./errors";
export { heartbeat, type Heartbeat } from "./heartbeat";
export { thisHolder } from "./holder";
export { journalFolder } from "./location";
export { noteOverride, takeOverrides, type Override } from "./overrides";

/**
 * The journal of a stack in a folder of this machine.
 *
 * @param folder - The folder of all stacks' journals: see {@link journalFolder}. Made when something is written.
 * @param now - Milliseconds since the epoch; leases expire by it.
 */
export function folderJournal(folder: string, stack: string, now: () => number = Date.now): Journal {
  return new StoredJournal(new FolderStorage(stackFolder(folder, stack)), stack, now);
}

/** A journal that ends with the process, for rehearsals. The same as a folder's in all else. */
export function memoryJournal(stack: string, now: () => number = Date.now): Journal {
  return new StoredJournal(new MemoryStorage(), stack, now);
}
