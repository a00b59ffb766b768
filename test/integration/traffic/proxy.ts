import { spawn, type ChildProcess } from "node:child_process";
import * as fs from "node:fs";
import * as net from "node:net";
import * as path from "node:path";
import { EngineError, type Engine, type Json, type Plan, type RunOptions, type Step } from "../../../rollout/engine";
import type { RouterReader } from "../../../rollout/ports";
import { COLORS, type Color } from "../../../stacks/config/fields";
import type { Service } from "./services";

const RULE = "aws:lb/listenerRule:ListenerRule";
const WEIGHT = "actions[0].forward.targetGroups[0].weight";

/** A real weighted proxy on loopback: one entry for each region, with a server of each color behind it. */
export class Proxy {
  private child?: ChildProcess;
  private readonly socket: string;
  readonly ports: Record<string, number> = {};

  constructor(
    private readonly folder: string,
    private readonly services: readonly Service[],
  ) {
    this.socket = path.join(folder, "admin.sock");
  }

  get regions(): string[] {
    return [...new Set(this.services.map(({ region }) => region))];
  }

  async start(): Promise<void> {
    for (const region of this.regions) {
      this.ports[region] = await freePort();
    }
    const file = path.join(this.folder, "haproxy.cfg");
    fs.writeFileSync(file, this.config());
    this.child = spawn("haproxy", ["-W", "-db", "-f", file], { stdio: ["ignore", "ignore", "pipe"] });
    let said = "";
    this.child.stderr!.on("data", (piece: Buffer) => (said += piece.toString()));
    for (let tries = 0; ; tries += 1) {
      try {
        await this.weights();
        return;
      } catch (error) {
        if (tries > 100 || this.child.exitCode !== null) {
          throw new Error(`haproxy does not start: ${said}`, { cause: error });
        }
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
    }
  }

  async stop(): Promise<void> {
    const { child } = this;
    if (child !== undefined && child.exitCode === null) {
      const ended = new Promise((resolve) => child.once("exit", resolve));
      child.kill("SIGTERM");
      await ended;
    }
  }

  /** Percentage of requests that green gets, by region: asked of the proxy. */
  async weights(): Promise<Record<string, number>> {
    const weights: Record<string, number> = {};
    for (const region of this.regions) {
      const [blue, green] = await Promise.all(COLORS.map(async (color) => this.weight(region, color)));
      weights[region] = (100 * green!) / (blue! + green!);
    }
    return weights;
  }

  async set(region: string, green: number): Promise<void> {
    // Who is to get requests gets its weight first: a moment with nobody would be an outage.
    const order: [Color, number][] =
      green >= 50
        ? [
            ["green", green],
            ["blue", 100 - green],
          ]
        : [
            ["blue", 100 - green],
            ["green", green],
          ];
    for (const [color, weight] of order) {
      await this.command(`set server ${region}/${color} weight ${weight}`);
    }
  }

  private async weight(region: string, color: Color): Promise<number> {
    const answer = await this.command(`get weight ${region}/${color}`);
    const weight = /^(\d+) /.exec(answer)?.[1];
    if (weight === undefined) {
      throw new Error(`haproxy says of ${region}/${color}: ${answer}`);
    }
    return Number(weight);
  }

  private command(text: string): Promise<string> {
    return new Promise((resolve, reject) => {
      const socket = net.createConnection(this.socket, () => socket.end(`${text}\n`));
      let answer = "";
      socket.on("data", (piece) => (answer += piece.toString()));
      socket.on("end", () => resolve(answer.trim()));
      socket.on("error", reject);
    });
  }

  private config(): string {
    const backends = this.regions.map((region) =>
      [
        `listen ${region}`,
        `  bind 127.0.0.1:${this.ports[region]}`,
        "  mode http",
        "  balance roundrobin",
        ...this.services
          .filter((service) => service.region === region)
          .map(({ color, port }) => `  server ${color} 127.0.0.1:${port} weight ${color === "blue" ? 100 : 0}`),
      ].join("\n"),
    );
    return [
      `global\n  stats socket ${this.socket} mode 600 level admin`,
      "defaults\n  timeout connect 2s\n  timeout client 10s\n  timeout server 10s\n  retries 2\n  option redispatch",
      ...backends,
      "",
    ].join("\n");
  }
}

/**
 * Deploys to the proxy: the traffic stack's values become its weights, the application stack has nothing to deploy. What the
 * engine does with clouds it does with a socket; the controller cannot tell.
 */
export class ProxyEngine implements Engine {
  private readonly values = new Map<string, Record<string, Json>>();

  constructor(
    private readonly proxy: Proxy,
    private readonly traffic: string,
  ) {}

  async preview(stack: string, options: RunOptions = {}): Promise<Plan> {
    return this.plan(stack, { ...options.set });
  }

  async up(stack: string, options: RunOptions = {}): Promise<Plan> {
    const plan = await this.plan(stack, { ...options.set });
    for (const { urn, op } of plan.steps) {
      const region = urn.split("router-")[1]!;
      if (op === "update" && (options.targets === undefined || options.targets.includes(urn))) {
        await this.proxy.set(region, greenIn(region, { ...options.set }));
      }
    }
    this.values.set(stack, { ...options.set });
    return plan;
  }

  async destroy(): Promise<Plan> {
    throw new EngineError("the proxy is not destroyed");
  }

  async outputs(stack: string): Promise<Record<string, Json>> {
    return { values: { ...this.values.get(stack) } };
  }

  async recorded(): Promise<[]> {
    return [];
  }

  async read(): Promise<[]> {
    return [];
  }

  async recover(): Promise<{ mended: string[]; left: string[] }> {
    return { mended: [], left: [] };
  }

  private async plan(stack: string, set: Record<string, Json>): Promise<Plan> {
    const now = stack === this.traffic ? await this.proxy.weights() : {};
    const steps = Object.entries(now).map(([region, green]): Step => {
      const differs = green !== greenIn(region, set);
      return {
        op: differs ? "update" : "same",
        urn: `urn:pulumi:${stack}::loopback::${RULE}::router-${region}`,
        type: RULE,
        inputs: {},
        diff: differs ? [WEIGHT] : [],
        detailedDiff: {},
      };
    });
    return { stack, steps, summary: {}, outputs: { values: set } };
  }
}

/** Reads the weights from the proxy. */
export function proxyReader(proxy: Proxy): RouterReader {
  return {
    async shares(color) {
      const weights = await proxy.weights();
      return Object.fromEntries(
        Object.entries(weights).map(([region, green]) => [region, color === "green" ? green : 100 - green]),
      );
    },
  };
}

function greenIn(region: string, set: Record<string, Json>): number {
  const regions = (set["traffic.regions"] ?? {}) as Record<string, number>;
  return regions[region] ?? ((set["traffic.green"] ?? 0) as number);
}

/** A port that nobody has at this moment. */
async function freePort(): Promise<number> {
  const server = net.createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as net.AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
