import * as http from "node:http";
import type { AddressInfo } from "node:net";
import type { Color } from "../../../stacks/config/fields";

/** An HTTP service of one color in one region, with the metrics that monitoring scrapes. */
export class Service {
  /** Part of its answers that are errors, 0 to 1. */
  errors = 0;
  served = 0;
  failed = 0;
  private readonly server = http.createServer((request, response) => this.answer(request, response));

  constructor(
    readonly region: string,
    readonly color: Color,
  ) {}

  async start(): Promise<void> {
    await new Promise<void>((resolve) => this.server.listen(0, "127.0.0.1", resolve));
  }

  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private answer(request: http.IncomingMessage, response: http.ServerResponse): void {
    const labels = `{color="${this.color}",region="${this.region}"}`;
    if (request.url === "/metrics") {
      response.setHeader("content-type", "text/plain; version=0.0.4");
      response.end(
        `# TYPE http_requests_total counter\nhttp_requests_total${labels} ${this.served}\n` +
          `# TYPE http_requests_failed_total counter\nhttp_requests_failed_total${labels} ${this.failed}\n`,
      );
      return;
    }
    this.served += 1;
    const fails = Math.random() < this.errors;
    this.failed += fails ? 1 : 0;
    response.statusCode = fails ? 500 : 200;
    response.end(this.color);
  }
}

/** What users met. */
export interface Met {
  requests: number;
  failed: number;
  byColor: Record<string, number>;
}

/** Users who go on asking, and count what they are answered. */
export class Users {
  readonly met: Met = { requests: 0, failed: 0, byColor: {} };
  private readonly agent = new http.Agent({ keepAlive: true, maxSockets: 8 });
  private timer?: NodeJS.Timeout;
  private readonly open = new Set<Promise<void>>();

  /** @param ports - Of each region's entry. */
  constructor(private readonly ports: readonly number[]) {}

  /** @param perSecond - Requests a second to each region. */
  start(perSecond: number): void {
    this.timer = setInterval(() => this.ports.forEach((port) => this.ask(port)), 1000 / perSecond);
  }

  async stop(): Promise<void> {
    clearInterval(this.timer);
    await Promise.all(this.open);
    this.agent.destroy();
  }

  private ask(port: number): void {
    const asked = new Promise<void>((resolve) => {
      const done = (failed: boolean, color = "nobody") => {
        this.met.requests += 1;
        this.met.failed += failed ? 1 : 0;
        this.met.byColor[color] = (this.met.byColor[color] ?? 0) + 1;
        resolve();
      };
      http
        .get({ host: "127.0.0.1", port, agent: this.agent, timeout: 5_000 }, (response) => {
          let text = "";
          response.setEncoding("utf8");
          response.on("data", (piece: string) => (text += piece));
          response.on("end", () => done(response.statusCode !== 200, text));
        })
        .on("error", () => done(true));
    }).finally(() => this.open.delete(asked));
    this.open.add(asked);
  }
}
