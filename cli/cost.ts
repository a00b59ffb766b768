import type { Command } from "commander";
import { breakEven } from "../cost/breakEven";
import { costOf } from "../cost/cost";
import { costInputs } from "../cost/inputs";
import { PRICES } from "../cost/priceTable";
import { resourcesOf } from "../cost/resources";
import { ConfigError, type Json } from "../rollout/engine";
import { bringUpWhole, type Whole } from "../rehearsal/whole";
import { costJson, costText } from "./costText";
import { openRehearsal } from "./open";
import { jsonOption, setOption, stackOption } from "./options";
import { Progress } from "./progress";

interface Options {
  stack: string;
  set: Record<string, Json>;
  json?: true;
}

/** Adds `cost`. */
export function registerCost(program: Command): void {
  program
    .command("cost")
    .description(
      "what a stack and those that it reads cost: per hour, part, region and student, steady and while both colors run",
    )
    .addOption(stackOption())
    .addOption(setOption())
    .addOption(jsonOption())
    .action(run);
}

async function run({ stack, set, json }: Options): Promise<void> {
  const progress = new Progress(`Cost of ${stack}`);
  let whole: Whole;
  try {
    whole = await bringUpWhole({
      project: process.cwd(),
      stack,
      set,
      engine: openRehearsal(),
      onStack: (name) => progress.stage(`Bringing up ${name}`),
      onStep: () => progress.step(),
    });
  } finally {
    progress.done();
  }
  const { platform } = whole.config;
  if (platform === undefined) {
    throw new ConfigError(
      `nothing says how many students ${stack} serves: cutover:cost stands in the stack that deploys the platform layer, and cutover:stacks names none`,
    );
  }
  const resources = whole.plans.flatMap(({ steps }) => resourcesOf(steps));
  const inputs = costInputs(platform.cost, platform.regions);
  const cost = costOf(resources, PRICES, inputs);
  if (json) {
    process.stdout.write(`${JSON.stringify(costJson(cost))}\n`);
    return;
  }
  const enough = breakEven(resources, PRICES, inputs);
  const fixed = costOf(resources, PRICES, { ...inputs, students: 1 }).hourly.steady;
  process.stdout.write(costText({ stack, cost, inputs, prices: PRICES, enough, fixed }));
}
