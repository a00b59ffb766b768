import * as http from "node:http";
import type { AddressInfo } from "node:net";

/**
 * What becomes of a request: it passes; its connection is cut before the server has it, in the middle of its body, or when the
 * server has done it and before the client knows; or it is held until somebody lets it go.
 */
export type Fate = "passes" | "before" | "half" | "after" | "held";

/** A network between a client and a server that loses connections where a test wants it. */
export class BadNetwork {
  /** Says what becomes of each request. */
  fate: (number: number, request: http.IncomingMessage) => Fate = () => "passes";
  /** Requests so far. */
  count = 0;
  private release: (() => void) | undefined;
  private readonly letGo = new Promise<void>((resolve) => (this.release = resolve));
  private readonly server: http.Server;

  constructor(private readonly to: number) {
    this.server = http.createServer((request, response) => void this.carry(request, response));
  }

  async open(): Promise<number> {
    await new Promise<void>((resolve) => this.server.listen(0, "127.0.0.1", resolve));
    return (this.server.address() as AddressInfo).port;
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  /** Lets go of what is held. */
  letPass(): void {
    this.release!();
  }

  private async carry(request: http.IncomingMessage, response: http.ServerResponse): Promise<void> {
    const fate = this.fate(this.count++, request);
    const chunks: Buffer[] = [];
    for await (const chunk of request) {
      chunks.push(chunk as Buffer);
    }
    const body = Buffer.concat(chunks);
    if (fate === "before") {
      request.socket.destroy();
      return;
    }
    if (fate === "held") {
      await this.letGo;
    }
    const { method, url, headers } = request;
    const onward = http.request({ host: "127.0.0.1", port: this.to, method, path: url, headers, agent: false });
    onward.on("error", () => request.socket.destroy());
    if (fate === "half") {
      onward.write(body.subarray(0, Math.floor(body.length / 2)), () => {
        onward.destroy();
        request.socket.destroy();
      });
      return;
    }
    onward.on("response", (answer) => {
      const parts: Buffer[] = [];
      answer.on("data", (part: Buffer) => parts.push(part));
      answer.on("end", () => {
        if (fate === "after") {
          request.socket.destroy();
        } else {
          response.writeHead(answer.statusCode!, answer.headers).end(Buffer.concat(parts));
        }
      });
    });
    onward.end(body);
  }
}
