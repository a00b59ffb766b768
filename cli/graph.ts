import type { Command } from "commander";
import { graphSvg } from "../graph";
import { recordsOf } from "../policies/state";
import { bringUpWhole } from "../rehearsal/whole";
import type { Json } from "../rollout/engine";
import { openRehearsal } from "./open";
import { setOption, stackOption } from "./options";
import { Progress } from "./progress";

interface Options {
  stack: string;
  set: Record<string, Json>;
}

/** Adds `graph`. */
export function registerGraph(program: Command): void {
  program
    .command("graph")
    .description(
      "draw a stack and those that it reads, as SVG on stdout: jurisdictions, regions, layers, colors, weights, what replicates and what takes over",
    )
    .addOption(stackOption())
    .addOption(setOption())
    .addHelpText("after", "\nExample:\n  cutover graph --stack production > production.svg")
    .action(run);
}

async function run({ stack, set }: Options): Promise<void> {
  const engine = openRehearsal();
  const progress = new Progress(`Graph of ${stack}`);
  try {
    const { plans } = await bringUpWhole({
      project: process.cwd(),
      stack,
      set,
      engine,
      onStack: (name) => progress.stage(`Bringing up ${name}`),
      onStep: () => progress.step(),
    });
    const svg = graphSvg(
      plans.map(({ stack: name, outputs }) => ({ stack: name, outputs, records: recordsOf(engine.resources(name)) })),
    );
    progress.done();
    process.stdout.write(svg);
  } finally {
    progress.done();
  }
}
