import * as path from "node:path";
import { JournalError } from "./errors";

/** Where the journals of all stacks are: a folder of this machine, or a bucket with a prefix. */
export type Location = { folder: string } | { bucket: string; prefix: string };

/**
 * Where the journals of all stacks are: what was asked for, else CUTOVER_JOURNAL, else `.cutover` in the project.
 *
 * @param project - The project's folder.
 * @throws JournalError for a URL that is not `s3://BUCKET/PREFIX`, or an empty text.
 */
export function journalLocation(project: string, environment: NodeJS.ProcessEnv, option?: string): Location {
  const text = option ?? environment["CUTOVER_JOURNAL"] ?? ".cutover";
  if (text.trim() === "") {
    throw new JournalError(
      "the place of the journals is empty; unset CUTOVER_JOURNAL, or set it to a folder or s3://BUCKET/PREFIX",
    );
  }
  if (!/^[a-z][a-z0-9+.-]*:\/\//i.test(text)) {
    return { folder: path.resolve(project, text) };
  }
  const { bucket, prefix = "" } =
    /^s3:\/\/(?<bucket>[a-z0-9][a-z0-9.-]+)(\/(?<prefix>[\w/.=-]*))?$/.exec(text)?.groups ?? {};
  if (bucket === undefined) {
    throw new JournalError(
      `${JSON.stringify(text)} is no place for a journal; allowed: a folder, or s3://BUCKET/PREFIX (--journal, CUTOVER_JOURNAL)`,
    );
  }
  return { bucket, prefix: prefix.replace(/^\/+|\/+$/g, "") };
}

/** The folder of one stack's journal, with its heartbeat and claim beside it, below that of all. A stack's name leads to no other place. */
export function stackFolder(stack: string): string {
  return encodeURIComponent(stack).replace(/^\./, "%2E");
}
