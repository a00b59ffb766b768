import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** A request that a stub was sent. */
export interface Received {
  method: string;
  path: string;
  headers: IncomingMessage["headers"];
  body: string;
}

export type Answering = (request: Received, response: ServerResponse, count: number) => void | Promise<void>;

/** A server on loopback that answers as a test wants, for a suite; it is closed after it. */
export class HttpStub {
  readonly received: Received[] = [];
  answer: Answering = (_, response) => void response.writeHead(404).end();
  private server: Server | undefined;

  constructor() {
    before(() => this.listen());
    beforeEach(() => void this.received.splice(0));
    after(() => {
      this.server?.closeAllConnections();
      this.server?.close();
    });
  }

  get url(): string {
    const { port } = this.server!.address() as AddressInfo;
    return `http://127.0.0.1:${port}`;
  }

  /** The forms that it was sent. */
  get forms(): Record<string, string>[] {
    return this.received.map(({ body }) => Object.fromEntries(new URLSearchParams(body)));
  }

  private async listen(): Promise<void> {
    const handle = async (request: IncomingMessage, response: ServerResponse) => {
      const chunks: Buffer[] = [];
      for await (const chunk of request) {
        chunks.push(chunk as Buffer);
      }
      const received = {
        method: request.method ?? "",
        path: request.url ?? "",
        headers: request.headers,
        body: Buffer.concat(chunks).toString(),
      };
      this.received.push(received);
      await this.answer(received, response, this.received.length);
    };
    const listener = (request: IncomingMessage, response: ServerResponse) => void handle(request, response);
    this.server = createServer(listener);
    await new Promise<void>((resolve) => this.server!.listen(0, "127.0.0.1", resolve));
  }
}

/** Answers with JSON. */
export function json(body: unknown, status = 200): Answering {
  return (_, response) =>
    void response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
}

/** A port on which nobody listens any more. */
export async function closedPort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
