/**
 * Measures what the policy pack adds to a preview of production: `node --import=tsx scripts/bench/policies.ts`. The pack is
 * started as Pulumi starts it, and asked what the engine asks: about each resource, and about the whole stack. Beside it
 * `cutover check` against `cutover preview`. It is a measurement and no test.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { recordsOf } from "../../policies/state";
import { createRehearsal } from "../../rehearsal";
import { clouds } from "../../rehearsal/clouds";
import { PackProcess } from "../../test/policies/support/analyzer";
import { median, ROOT, Stopwatch } from "./measure";

const STACKS = ["production-platform", "production-application", "production"];
const RUNS = 3;
/** What is promised: seconds that the pack adds to a preview. */
const TARGET = 2;

async function main(): Promise<void> {
  const rehearsal = createRehearsal({ project: ROOT, clouds, passphrase: "" });
  await rehearsal.up("production");
  for (const stack of STACKS) {
    const records = recordsOf(rehearsal.resources(stack));
    const seconds: number[] = [];
    for (let run = 0; run < RUNS; run++) {
      const start = performance.now();
      const pack = await PackProcess.start();
      await pack.info();
      await pack.analyze(records);
      seconds.push((performance.now() - start) / 1000);
      pack.stop();
    }
    const middle = seconds.sort((one, other) => one - other)[RUNS >> 1]!;
    print(`${stack}: pack on ${records.length} resources`, middle, middle <= TARGET ? "pass" : "fail");
  }
  const directory = mkdtempSync(join(tmpdir(), "cutover-bench-"));
  try {
    const stopwatch = new Stopwatch(directory);
    const costs = (command: string) =>
      median(Array.from({ length: RUNS }, () => stopwatch.cutover(ROOT, command, "--stack", "production").cost))
        .seconds;
    const [preview, check] = [costs("preview"), costs("check")];
    print("cutover preview --stack production", preview);
    print("cutover check --stack production", check);
    print("the check adds", check - preview, check - preview <= TARGET ? "pass" : "fail");
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

/** One line of the table. */
function print(what: string, seconds: number, verdict = ""): void {
  process.stdout.write(`${what.padEnd(56)}${seconds.toFixed(2).padStart(8)} s  ${verdict}`.trimEnd() + "\n");
}

void main();
