import * as fs from "node:fs";
import * as path from "node:path";

/**
 * Makes a folder, and those above it that are missing; one that is there stays as it is. Node's own `recursive` never
 * returns where a folder is there and nothing can be made in it for want of an entry, as in /proc.
 *
 * @param mode - Permissions of the folders that are made, less the umask.
 * @throws what the file system throws.
 */
export function makeFolder(folder: string, mode = 0o777): void {
  try {
    fs.mkdirSync(folder, mode);
  } catch (error) {
    // Also where the file system says something else of a folder that is there, as one that is mounted read-only may.
    if (fs.statSync(folder, { throwIfNoEntry: false })?.isDirectory() === true) {
      return;
    }
    const parent = path.dirname(path.resolve(folder));
    if ((error as NodeJS.ErrnoException).code !== "ENOENT" || fs.existsSync(parent)) {
      throw error;
    }
    makeFolder(parent, mode);
    makeFolder(folder, mode);
  }
}
