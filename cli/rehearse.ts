import type { Command } from "commander";
import { EngineError, type Json } from "../rollout/engine";
import { readRelease } from "../rehearsal/release";
import { walk, type StageResult, type WalkResult } from "../rehearsal/walk";
import { greenWeights, unreachable } from "../rehearsal/world";
import { openRehearsal } from "./open";
import { jsonOption, setOption, stackOption } from "./options";
import { bold, dim, green, red } from "./paint";
import { Progress } from "./progress";

interface Options {
  stack: string;
  set: Record<string, Json>;
  json?: true;
}

/** Adds `rehearse`. */
export function registerRehearse(program: Command): void {
  program
    .command("rehearse")
    .description(
      "walk a whole release: from nothing to 100 % of the candidate and the retired old color, stage by stage",
    )
    .addOption(stackOption())
    .addOption(setOption())
    .addOption(jsonOption())
    .action(run);
}

async function run({ stack, set, json }: Options): Promise<void> {
  const release = readRelease(process.cwd(), stack, set);
  const engine = openRehearsal();
  const progress = new Progress("Rehearsal");
  const print = (text: string) => {
    progress.done();
    if (!json) {
      process.stdout.write(`${text}\n`);
    }
  };
  print(`${bold(`Rehearsal of ${stack}`)} ${dim("in stand-in clouds: nothing real is touched")}\n`);
  print(dim(row("stage", "changed", "green", "seconds")));
  let result: WalkResult;
  try {
    result = await walk({
      stack,
      bringUp: release.bringUp,
      stages: release.stages,
      candidate: release.candidate,
      set,
      engine,
      observer: { weights: () => greenWeights(engine.world), unreachable: (color) => unreachable(engine.world, color) },
      onStage: (name) => progress.stage(name),
      onStep: () => progress.step(),
      onStageDone: (stage) => print(stageText(stage)),
    });
  } finally {
    progress.done();
  }
  if (json) {
    process.stdout.write(`${JSON.stringify(result)}\n`);
  }
  if (result.outcome === "promoted") {
    print(`\n${green("promoted")}: ${release.candidate} serves everybody, and no stage touched what it may not.`);
    return;
  }
  const last = result.stages.at(-1);
  throw new EngineError(
    `the rehearsal of ${stack} ended ${result.outcome}, at ${last?.name}: ${last?.reason ?? "no reason given"}`,
  );
}

function stageText(stage: StageResult): string {
  const changed = stage.changed.length === 0 ? "–" : String(stage.changed.length);
  const line = row(stage.name, changed, shareText(stage.weights), stage.seconds.toFixed(2));
  const mark = stage.outcome === "passed" ? green("✓") : red("✗");
  return [`${mark} ${line.slice(2)}`, ...(stage.reason === undefined ? [] : [`  ${red(stage.reason)}`])].join("\n");
}

/** One line of the table, 72 columns at most. */
function row(stage: string, changed: string, share: string, seconds: string): string {
  return `  ${stage.padEnd(34)} ${changed.padStart(8)} ${share.padStart(16)} ${seconds.padStart(9)}`;
}

/** The share of green: one figure where all regions agree, the range where they do not. */
function shareText(weights: Readonly<Record<string, number>>): string {
  const shares = [...new Set(Object.values(weights))].sort((one, other) => one - other);
  return shares.length === 0 ? "–" : shares.length === 1 ? `${shares[0]} %` : `${shares[0]}–${shares.at(-1)} %`;
}
