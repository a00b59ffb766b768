import * as path from "node:path";

/**
 * The folder of the journals of all stacks: what was asked for, else CUTOVER_JOURNAL, else `.cutover` in the project.
 *
 * @param project - The project's folder.
 */
export function journalFolder(project: string, environment: NodeJS.ProcessEnv, option?: string): string {
  return path.resolve(project, option ?? environment.CUTOVER_JOURNAL ?? ".cutover");
}

/** The folder of one stack's journal, with its heartbeat and claim beside it. A stack's name leads to no other place. */
export function stackFolder(folder: string, stack: string): string {
  return path.join(folder, encodeURIComponent(stack).replace(/^\./, "%2E"));
}
