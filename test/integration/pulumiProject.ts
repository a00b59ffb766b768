import { spawnSync } from "node:child_process";
import {
  mkdtempSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PROJECT } from "../stacks/production";

/**
 * A program with one resource for each name in `routers`: a file in a folder that stands for a cloud. Its provider runs in the
 * CLI's own plugin for dynamic providers, so that any installed CLI can deploy it. What is written waits as long as there is a
 * file `wait`, and says so by a file `waiting` with its process.
 */
const PROGRAM = `
const pulumi = require("@pulumi/pulumi");

const place = (inputs) => require("path").join(inputs.cloud, inputs.name + ".json");
const apply = async (inputs) => {
  const fs = require("fs");
  const wait = require("path").join(inputs.cloud, "wait");
  fs.writeFileSync(place(inputs), JSON.stringify({ weight: inputs.weight }));
  if (fs.existsSync(wait)) {
    fs.writeFileSync(wait + "ing", String(process.pid));
  }
  while (fs.existsSync(wait)) {
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return { ...inputs, secret: "hush" };
};
const provider = {
  async create(inputs) {
    return { id: inputs.name, outs: await apply(inputs) };
  },
  async diff(id, olds, news) {
    return { changes: olds.weight !== news.weight };
  },
  async update(id, olds, news) {
    return { outs: await apply(news) };
  },
  async read(id, props) {
    const fs = require("fs");
    if (!fs.existsSync(place(props))) {
      return { id: "", props: {} };
    }
    const text = fs.readFileSync(place(props), "utf8");
    if (text === "unreachable") {
      throw new Error("its region does not answer");
    }
    return { id, props: { ...props, weight: JSON.parse(text).weight } };
  },
  async delete() {},
};
class Router extends pulumi.dynamic.Resource {
  constructor(name, weight) {
    super(provider, name, { name, cloud: process.env.TEST_CLOUD, weight, secret: undefined }, {
      additionalSecretOutputs: ["secret"],
    });
  }
}

module.exports = () => {
  const config = new pulumi.Config();
  const { green } = config.requireObject("traffic");
  if (green > 100) {
    const error = new pulumi.RunError("the config of stack dev has 1 error: " + green + " % is too much");
    delete error.stack;
    throw error;
  }
  const routers = config.requireObject("routers").map((name) => new Router(name, green));
  return { green, quoted: config.require("quoted"), secret: pulumi.all(routers.map((router) => router.secret)) };
};
`;

/** What the stack file says. A comment and a quoted number: neither may be lost when values are laid over it. */
export const STACK_FILE = `# Resting state.
config:
  cutover:traffic:
    green: 0 # percent
  cutover:routers: [one, two]
  cutover:quoted: "007"
`;

/** The Pulumi CLI's version; undefined when there is none on the PATH. */
export function pulumiVersion(): string | undefined {
  const { status, stdout } = spawnSync("pulumi", ["version"], { encoding: "utf8" });
  return status === 0 ? stdout.trim() : undefined;
}

/** A project with a stack `dev`, whose state lies in a folder of its own. */
export class PulumiProject {
  readonly directory = mkdtempSync(join(tmpdir(), "cutover-automation-"));
  readonly cloud = join(this.directory, "cloud");
  private readonly before: NodeJS.ProcessEnv = { ...process.env };

  /** Makes it, and points the environment of this process to its state until {@link remove}. */
  constructor() {
    mkdirSync(this.cloud);
    mkdirSync(join(this.directory, "state"));
    symlinkSync(join(PROJECT, "node_modules"), join(this.directory, "node_modules"));
    writeFileSync(join(this.directory, "Pulumi.yaml"), "name: cutover\nruntime: nodejs\n");
    writeFileSync(join(this.directory, "package.json"), '{ "main": "index.js" }\n');
    writeFileSync(join(this.directory, "index.js"), PROGRAM);
    Object.assign(process.env, {
      PULUMI_BACKEND_URL: `file://${join(this.directory, "state")}`,
      PULUMI_CONFIG_PASSPHRASE: "test",
      PULUMI_SKIP_UPDATE_CHECK: "true",
      PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
      TEST_CLOUD: this.cloud,
    });
    this.cli("stack", "init", "dev");
    writeFileSync(this.stackFile, STACK_FILE + readFileSync(this.stackFile, "utf8"));
  }

  get stackFile(): string {
    return join(this.directory, "Pulumi.dev.yaml");
  }

  /** Runs the CLI in the project. */
  cli(...args: string[]): string {
    const { status, stdout, stderr } = spawnSync("pulumi", [...args, "--non-interactive"], {
      cwd: this.directory,
      encoding: "utf8",
    });
    if (status !== 0) {
      throw new Error(`pulumi ${args.join(" ")}: ${stderr}`);
    }
    return stdout;
  }

  /** What a router of the cloud does: its weight, or another content of its file. */
  set(router: string, content: { weight: number } | "unreachable"): void {
    writeFileSync(join(this.cloud, `${router}.json`), typeof content === "string" ? content : JSON.stringify(content));
  }

  weight(router: string): number {
    return (JSON.parse(readFileSync(join(this.cloud, `${router}.json`), "utf8")) as { weight: number }).weight;
  }

  /** Lets the cloud take its time, until the function that it returns is called. */
  slowDown(): () => void {
    writeFileSync(join(this.cloud, "wait"), "");
    rmSync(join(this.cloud, "waiting"), { force: true });
    return () => rmSync(join(this.cloud, "wait"), { force: true });
  }

  /** Resolves when the cloud takes its time, with the number of the provider's process. */
  async waiting(): Promise<number> {
    const file = join(this.cloud, "waiting");
    while (!existsSync(file) || readFileSync(file, "utf8") === "") {
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    return Number(readFileSync(file, "utf8"));
  }

  /** The CLI that holds the stack's lock. */
  lockHolder(): number {
    const folder = join(this.directory, "state", ".pulumi", "locks", "organization", "cutover", "dev");
    const lock = readdirSync(folder).find((name) => name.endsWith(".json"))!;
    return (JSON.parse(readFileSync(join(folder, lock), "utf8")) as { pid: number }).pid;
  }

  remove(): void {
    for (const name of Object.keys(process.env)) {
      delete process.env[name];
    }
    Object.assign(process.env, this.before);
    rmSync(this.directory, { recursive: true, force: true });
  }
}
