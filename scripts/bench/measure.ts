import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";

/** What a process cost. */
export interface Cost {
  /** From its start to its end, by the clock on the wall. */
  seconds: number;
  /** What it computed, in all its threads. */
  cpuSeconds: number;
  /** Its peak memory (resident set), in 2^20 bytes. */
  megabytes: number;
}

/** Which clouds' SDKs a process loaded anything of. */
type Loaded = Cost & { sdks: string[] };

/** The repository. */
export const ROOT = join(__dirname, "../..");

const CUTOVER = join(ROOT, "bin/cutover.js");
const SOURCES = join(ROOT, "bin/sources.js");
const PROBE = join(__dirname, "probe.js");
const FLOOR = join(__dirname, "floor.ts");

/**
 * Memory as `npm start` and `npm run cutover` give it, for the floor too; but ten times the production is larger than the
 * heap that Node takes by itself.
 */
const HEAP = ["--max-semi-space-size=32", "--max-old-space-size=12288"];

/** Runs processes, one after the other, and measures them. */
export class Stopwatch {
  /** @param directory - For files of its own. */
  public constructor(private readonly directory: string) {}

  /** Runs `cutover` in a project's directory. */
  public cutover(project: string, ...args: string[]): Measured {
    return this.run(project, [CUTOVER, ...args]);
  }

  /** Runs the program of the repository under the SDK's own mocks: see floor.ts. */
  public floor(project: string, stack: string, outputs: string): Measured {
    return this.run(project, ["--require", SOURCES, FLOOR, stack, outputs]);
  }

  private run(cwd: string, args: string[]): Measured {
    const file = join(this.directory, "cost.json");
    const { status, stdout, stderr } = spawnSync(process.execPath, [...HEAP, "--require", PROBE, ...args], {
      cwd,
      encoding: "utf8",
      maxBuffer: 2 ** 30,
      env: { ...process.env, CUTOVER_BENCH_PROBE: file, NO_COLOR: "1" },
    });
    if (status !== 0) {
      throw new Error(`${args.join(" ")} ended with ${status}:\n${stderr}`);
    }
    return { cost: JSON.parse(readFileSync(file, "utf8")) as Loaded, stdout };
  }
}

/** What a measured process cost, and what it printed. */
export interface Measured {
  cost: Loaded;
  stdout: string;
}

/** The median of an odd number of costs, each figure by itself. */
export function median(costs: readonly Cost[]): Cost {
  const middle = (of: keyof Cost) =>
    costs.map((cost) => cost[of]).sort((one, other) => one - other)[costs.length >> 1]!;
  return { seconds: middle("seconds"), cpuSeconds: middle("cpuSeconds"), megabytes: middle("megabytes") };
}
