import { execFileSync, spawn, spawnSync, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { closedPort } from "../rollout/metrics/httpStub";

/** Which programs of a real Prometheus are missing on this machine. */
export function missingPrograms(): string[] {
  return ["prometheus", "promtool"].filter((program) => spawnSync(program, ["--version"]).error !== undefined);
}

/** A real Prometheus on loopback that holds what it is given and scrapes nothing. */
export class PrometheusServer {
  private constructor(
    readonly url: string,
    private readonly child: ChildProcess,
    private readonly folder: string,
  ) {}

  /** @param text - In the OpenMetrics text format: what it has scraped, as it were. */
  static async start(text: string): Promise<PrometheusServer> {
    const folder = mkdtempSync(join(tmpdir(), "cutover-prometheus-"));
    const [metrics, config, data] = ["metrics.txt", "prometheus.yml", "data"].map((name) => join(folder, name)) as [
      string,
      string,
      string,
    ];
    writeFileSync(metrics, text);
    writeFileSync(config, "global: {}\n");
    execFileSync("promtool", ["tsdb", "create-blocks-from", "openmetrics", metrics, data], {
      stdio: ["ignore", "ignore", "pipe"],
    });
    const port = await closedPort();
    const options = [
      `--config.file=${config}`,
      `--storage.tsdb.path=${data}`,
      // What is held is as old as the moments that a test names.
      "--storage.tsdb.retention.time=100y",
      `--web.listen-address=127.0.0.1:${port}`,
      "--log.level=error",
    ];
    const child = spawn("prometheus", options, { stdio: ["ignore", "ignore", "inherit"] });
    const server = new PrometheusServer(`http://127.0.0.1:${port}`, child, folder);
    await server.ready();
    return server;
  }

  async stop(): Promise<void> {
    if (this.child.exitCode === null) {
      this.child.kill();
      await once(this.child, "exit");
    }
    rmSync(this.folder, { recursive: true, force: true });
  }

  private async ready(): Promise<void> {
    while (this.child.exitCode === null) {
      const answer = await fetch(`${this.url}/-/ready`).catch(() => undefined);
      if (answer?.ok === true) {
        return;
      }
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    throw new Error(`prometheus ended with ${this.child.exitCode} before it was ready`);
  }
}
