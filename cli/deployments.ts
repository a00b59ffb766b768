import type { Command } from "commander";
import type { Plan, RunOptions } from "../rollout/engine";
import { readStackConfig } from "../rehearsal/release";
import { bold, dim } from "./paint";
import { jsonOption, setOption, stackOption, stateOption, targetOption } from "./options";
import { openRehearsal } from "./open";
import { outputsText } from "./outputs";
import { Progress } from "./progress";
import { summaryText, treeText } from "./tree";

interface Options {
  stack: string;
  state?: string;
  set: NonNullable<RunOptions["set"]>;
  target: string[];
  json?: true;
}

const COMMANDS = {
  preview: {
    description: "show what an `up` would change; nothing is changed",
    headline: "Preview (nothing is changed)",
    state: stateOption(
      "folder with the state to compare with; without it the preview starts from nothing, and stacks that this one reads are brought up first, in memory",
    ),
  },
  up: {
    description: "make the stand-in clouds what the program says, and record it",
    headline: "Update",
    state: stateOption("folder that keeps the state, one file for each stack").makeOptionMandatory(),
  },
  destroy: {
    description: "delete what the stack holds; protected resources are refused",
    headline: "Destroy",
    state: stateOption("folder that keeps the state").makeOptionMandatory(),
  },
} as const;

/** Adds `preview`, `up` and `destroy`. */
export function registerDeployments(program: Command): void {
  for (const name of ["preview", "up", "destroy"] as const) {
    const { description, state } = COMMANDS[name];
    const command = program.command(name).description(description).addOption(stackOption()).addOption(state);
    if (name !== "destroy") {
      command.addOption(setOption());
    }
    command.addOption(targetOption()).addOption(jsonOption());
    command.action((options: Options) => run(name, options));
  }
}

async function run(name: keyof typeof COMMANDS, options: Options): Promise<void> {
  const { headline } = COMMANDS[name];
  if (name !== "destroy") {
    readStackConfig(process.cwd(), options.stack, options.set);
  }
  const progress = new Progress(`${headline} of ${options.stack}`);
  const engine = openRehearsal(options.state);
  const runOptions: RunOptions = {
    set: options.set,
    ...(options.target.length > 0 ? { targets: options.target } : {}),
    onStep: () => progress.step(),
  };
  let plan: Plan;
  try {
    plan = await engine[name](options.stack, runOptions);
  } finally {
    progress.done();
  }
  if (options.json) {
    process.stdout.write(`${JSON.stringify(plan)}\n`);
    return;
  }
  const tree = treeText(plan);
  const outputs = outputsText(plan.outputs);
  process.stdout.write(
    [
      `${bold(headline)} of ${options.stack} ${dim("in the rehearsal: no cloud is touched")}`,
      "",
      tree === "" ? "No changes." : tree,
      "",
      ...(outputs === "" ? [] : [outputs, ""]),
      summaryText(plan, name !== "preview"),
      "",
    ].join("\n"),
  );
}
