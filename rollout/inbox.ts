import { randomUUID } from "node:crypto";
import * as fs from "node:fs";
import * as path from "node:path";
import { writeAtomically } from "../rehearsal/engine/atomicFile";
import { stackFolder } from "./journal/location";
import type { Request } from "./requests";

/**
 * Where requests wait for the controller that has the lease: one file for each, named so that they are taken in the order in
 * which they came.
 */
export class Inbox {
  private readonly folder: string;
  /** Files of requests that were given out at the last look. */
  private given: string[] = [];

  /** @param journals - The folder of all stacks' journals. */
  constructor(journals: string, stack: string) {
    this.folder = path.join(stackFolder(journals, stack), "inbox");
  }

  put(request: Request, now: number): void {
    fs.mkdirSync(this.folder, { recursive: true, mode: 0o700 });
    writeAtomically(
      path.join(this.folder, `${String(now).padStart(15, "0")}-${randomUUID()}.json`),
      JSON.stringify(request),
      0o600,
    );
  }

  /**
   * Takes all that wait. What does harm when it is done twice (promote, resume) is forgotten before it is done; what does harm
   * when it is lost (abort, hold) when the next look shows that this one was lived through. One that is no request is put
   * aside: it must not stop the others, nor be read again and again.
   */
  take(): Request[] {
    this.given.forEach((file) => fs.rmSync(file, { force: true }));
    this.given = [];
    return this.names().flatMap((name) => {
      const file = path.join(this.folder, name);
      const request = read(file);
      if (request === undefined) {
        fs.renameSync(file, `${file}.unreadable`);
        return [];
      }
      if (request.kind === "promote" || request.kind === "resume") {
        fs.rmSync(file);
      } else {
        this.given.push(file);
      }
      return [request];
    });
  }

  private names(): string[] {
    try {
      return fs
        .readdirSync(this.folder)
        .filter((name) => name.endsWith(".json") && !name.startsWith("."))
        .sort();
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === "ENOENT") {
        return [];
      }
      throw error;
    }
  }
}

function read(file: string): Request | undefined {
  try {
    const request = JSON.parse(fs.readFileSync(file, "utf8")) as Request | null;
    return typeof request?.kind === "string" ? request : undefined;
  } catch (error) {
    if (error instanceof SyntaxError) {
      return undefined;
    }
    throw error;
  }
}
