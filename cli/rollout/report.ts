import { Option, type Command } from "commander";
import { bringUpWhole } from "../../rehearsal/whole";
import { reportHtml, type ReportOptions } from "../../report";
import { openRehearsal } from "../open";
import { checkOutput, writeOutput } from "../outputFile";
import { Progress } from "../progress";
import { reportCost, unitsOf } from "../reportOptions";
import { openContext } from "./context";
import { rolloutOptions, type RolloutOptions } from "./options";
import { noRollout } from "./suggest";

interface Options extends Omit<RolloutOptions, "json"> {
  id?: string;
  output?: string;
  cost?: true;
}

/** Adds `report`. It reads the journal, and the config for the units of metrics; it takes no lease. */
export function registerReport(rollout: Command): void {
  const command = rolloutOptions(
    rollout
      .command("report")
      .description(
        "one page of HTML on a rollout: what happened, what it rests on, who approved; on stdout, or in a file",
      ),
    { json: false },
  );
  command
    .option("--id <rollout>", "which one, as `cutover rollout history` lists them; the last one unless one is named")
    .option("--output <file.html>", "write it to a file")
    .addOption(
      new Option("--cost", "say what both colors cost: brings the stacks up in memory for that, which takes seconds"),
    )
    .action(async (options: Options) => report(options));
}

async function report({ id, output, cost, ...options }: Options): Promise<void> {
  if (output !== undefined) {
    checkOutput(output);
  }
  const context = await openContext(options);
  const { journal } = context;
  const rollout = id ?? (await journal.current());
  if (rollout === undefined) {
    throw noRollout(options);
  }
  const records = await journal.read(rollout);
  const html = reportHtml(rollout, records, {
    units: unitsOf(context.config()),
    ...(cost === undefined ? {} : await costOfStack(options.stack)),
  });
  if (output === undefined) {
    process.stdout.write(html);
  } else {
    writeOutput(output, html);
    process.stderr.write(`${output}: rollout ${rollout}, ${records.length} records\n`);
  }
}

async function costOfStack(stack: string): Promise<Pick<ReportOptions, "cost">> {
  const progress = new Progress(`Cost of ${stack}`);
  try {
    const { plans, config } = await bringUpWhole({
      project: process.cwd(),
      stack,
      set: {},
      engine: openRehearsal(),
      onStack: (name) => progress.stage(`Bringing up ${name}`),
      onStep: () => progress.step(),
    });
    return reportCost(plans, config.platform);
  } finally {
    progress.done();
  }
}
