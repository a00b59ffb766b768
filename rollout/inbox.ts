import { randomUUID } from "node:crypto";
import { stackFolder } from "./journal/location";
import type { Shelf } from "./journal/shelf";
import type { Request } from "./requests";

/**
 * Where requests wait for the controller that has the lease: one text for each, named so that they are taken in the order in
 * which they came.
 */
export class Inbox {
  private readonly folder: string;
  /** Requests that were given out at the last look. */
  private given: string[] = [];

  /** @param shelf - Beside the journals. */
  constructor(
    private readonly shelf: Shelf,
    stack: string,
  ) {
    this.folder = `${stackFolder(stack)}/inbox`;
  }

  async put(request: Request, now: number): Promise<void> {
    const name = `${String(now).padStart(15, "0")}-${randomUUID()}.json`;
    await this.shelf.write(`${this.folder}/${name}`, JSON.stringify(request), true);
  }

  /**
   * Takes all that wait. What does harm when it is done twice (promote, resume) is forgotten before it is done; what does harm
   * when it is lost (abort, hold) when the next look shows that this one was lived through. One that is no request is put
   * aside: it must not stop the others, nor be read again and again.
   */
  async take(): Promise<Request[]> {
    await Promise.all(this.given.map((text) => this.shelf.remove(text)));
    this.given = [];
    const requests: Request[] = [];
    for (const name of (await this.shelf.names(this.folder)).filter((each) => /^[^.].*\.json$/.test(each))) {
      const text = `${this.folder}/${name}`;
      const content = await this.shelf.read(text);
      const request = content === undefined ? undefined : requestIn(content);
      if (request !== undefined) {
        requests.push(request);
      } else if (content !== undefined) {
        await this.shelf.write(`${text}.unreadable`, content, true);
      }
      if (request === undefined || request.kind === "promote" || request.kind === "resume") {
        await this.shelf.remove(text);
      } else {
        this.given.push(text);
      }
    }
    return requests;
  }
}

function requestIn(content: string): Request | undefined {
  try {
    const request = JSON.parse(content) as Request | null;
    return typeof request?.kind === "string" ? request : undefined;
  } catch {
    return undefined;
  }
}
