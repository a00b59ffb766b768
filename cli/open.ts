import { createRehearsal, type Rehearsal } from "../rehearsal";
import { clouds } from "../rehearsal/clouds";

/**
 * The rehearsal of the project in the current folder.
 *
 * @param state - Folder that keeps the state of each stack; in memory when absent.
 */
export function openRehearsal(state?: string): Rehearsal {
  return createRehearsal({
    project: process.cwd(),
    clouds,
    ...(state === undefined ? {} : { state }),
    onMessage: (severity, text) => {
      if (severity === "warning" || severity === "error") {
        process.stderr.write(`${severity}: ${text}\n`);
      }
    },
  });
}
