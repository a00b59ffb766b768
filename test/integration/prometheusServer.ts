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

/** A real Prometheus on loopback. */
export class PrometheusServer {
  private constructor(
    readonly url: string,
    private readonly child: ChildProcess,
    private readonly folder: string,
  ) {}

  /** One that holds what it is given and scrapes nothing. @param text - In the OpenMetrics text format: what it has scraped, as it were. */
  static async start(text: string): Promise<PrometheusServer> {
    const folder = mkdtempSync(join(tmpdir(), "cutover-prometheus-"));
    const metrics = join(folder, "metrics.txt");
    writeFileSync(metrics, text);
    execFileSync("promtool", ["tsdb", "create-blocks-from", "openmetrics", metrics, join(folder, "data")], {
      stdio: ["ignore", "ignore", "pipe"],
    });
    return PrometheusServer.launch(folder, "global: {}\n");
  }

  /** One that scrapes services of this machine. @param interval - As Prometheus writes it: 500ms. */
  static async scraping(ports: readonly number[], interval: string): Promise<PrometheusServer> {
    const targets = ports.map((port) => `127.0.0.1:${port}`);
    const config = {
      global: { scrape_interval: interval, scrape_timeout: interval },
      scrape_configs: [{ job_name: "services", static_configs: [{ targets }] }],
    };
    // JSON is YAML.
    return PrometheusServer.launch(mkdtempSync(join(tmpdir(), "cutover-prometheus-")), JSON.stringify(config));
  }

  private static async launch(folder: string, config: string): Promise<PrometheusServer> {
    const file = join(folder, "prometheus.yml");
    writeFileSync(file, config);
    const port = await closedPort();
    const options = [
      `--config.file=${file}`,
      `--storage.tsdb.path=${join(folder, "data")}`,
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
