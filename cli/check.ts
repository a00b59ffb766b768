import { InvalidArgumentError, Option, type Command } from "commander";
import { checkPlans, fails, unknownRules, type CheckedStack } from "../policies/check";
import { FRAMEWORKS } from "../policies/frameworks";
import { plansOf } from "../policies/plans";
import { htmlReport } from "../policies/report/html";
import { jsonReport } from "../policies/report/json";
import { sarifReport } from "../policies/report/sarif";
import { textReport } from "../policies/report/text";
import { DEFAULT_SETTINGS } from "../policies/settings";
import { readState } from "../policies/state";
import { readStackConfig } from "../rehearsal/release";
import { ConfigError, EngineError, type Json } from "../rollout/engine";
import { openRehearsal } from "./open";
import { jsonOption, setOption } from "./options";
import { checkOutput, writeOutput } from "./outputFile";
import { colors } from "./paint";
import { Progress } from "./progress";

interface Options {
  stack?: string;
  state?: string;
  set: Record<string, Json>;
  framework: string[];
  date?: Date;
  json?: true;
  sarif?: string;
  report?: string;
}

/** Adds `check`. */
export function registerCheck(program: Command): void {
  program
    .command("check")
    .description("check a plan against the law and the standards: FERPA, COPPA, GDPR, SOC 2, ISO 27001")
    .addOption(
      new Option(
        "-s, --stack <name>",
        "a stack of this folder, with all that it reads; brought up in memory",
      ).conflicts("state"),
    )
    .addOption(
      new Option("--state <file>", "the state of a stack, as `pulumi stack export` writes it").conflicts("set"),
    )
    .addOption(setOption())
    .addOption(
      new Option("--framework <name>", "check only this framework; may be repeated")
        .argParser(collectFramework)
        .default([], "all"),
    )
    .addOption(
      new Option("--date <day>", "the day for which versions and waivers are judged")
        .argParser(parseDay)
        .default(undefined, "today"),
    )
    .addOption(jsonOption())
    .addOption(new Option("--sarif <file>", "write the violations as SARIF, for a merge request"))
    .addOption(new Option("--report <file.html>", "write the evidence, clause by clause, for an auditor"))
    .action(run);
}

async function run(options: Options): Promise<void> {
  [options.sarif, options.report].filter((file) => file !== undefined).forEach(checkOutput);
  const stacks = await stacksToCheck(options);
  for (const { stack, settings } of stacks) {
    const unknown = unknownRules(settings);
    if (unknown.length > 0) {
      throw new ConfigError(
        `cutover:policies of stack ${stack} names rules that do not exist: ${unknown.join(", ")}; docs/compliance.md lists all`,
      );
    }
  }
  const result = checkPlans(stacks, {
    today: options.date ?? new Date(),
    ...(options.framework.length > 0 ? { frameworks: options.framework } : {}),
  });
  if (options.sarif !== undefined) {
    const fileOf = (stack: string) => options.state ?? `Pulumi.${stack}.yaml`;
    writeOutput(options.sarif, `${JSON.stringify(sarifReport(result, fileOf), undefined, 2)}\n`);
  }
  if (options.report !== undefined) {
    writeOutput(options.report, htmlReport(result));
  }
  process.stdout.write(options.json ? `${JSON.stringify(jsonReport(result))}\n` : textReport(result, colors));
  if (fails(result)) {
    throw new EngineError("the plan violates rules at the mandatory level");
  }
}

async function stacksToCheck({ stack, state, set }: Options): Promise<CheckedStack[]> {
  if (state !== undefined) {
    return [{ ...readState(state), settings: DEFAULT_SETTINGS }];
  }
  if (stack === undefined) {
    throw new ConfigError("what is to be checked? --stack NAME, or --state FILE");
  }
  readStackConfig(process.cwd(), stack, set);
  const engine = openRehearsal();
  const progress = new Progress(`Check of ${stack}`);
  const onStep = () => progress.step();
  try {
    for (const name of [...engine.references(stack), stack]) {
      progress.stage(`Bringing up ${name}`);
      await engine.up(name, { onStep });
    }
    if (Object.keys(set).length === 0) {
      return plansOf(engine, process.cwd(), stack);
    }
    // What the file says is what there was; what is set is the change.
    const before = plansOf(engine, process.cwd(), stack);
    progress.stage(`Bringing up ${stack} with what is set`);
    await engine.up(stack, { set, onStep });
    return plansOf(engine, process.cwd(), stack, set).map((one, index) => ({ ...one, before: before[index]!.records }));
  } finally {
    progress.done();
  }
}

function collectFramework(name: string, before: string[]): string[] {
  const found = FRAMEWORKS.find((one) => simple(one.name) === simple(name));
  if (found === undefined) {
    throw new InvalidArgumentError(
      `${FRAMEWORKS.map((one) => one.name).join(", ")} are known; got ${JSON.stringify(name)}.`,
    );
  }
  return [...before, found.name];
}

/** `soc2` and `SOC 2` are the same. */
function simple(name: string): string {
  return name.toLowerCase().replaceAll(/[^a-z0-9]/g, "");
}

function parseDay(text: string): Date {
  const day = new Date(`${text}T00:00:00Z`);
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text) || Number.isNaN(day.getTime()) || day.toISOString().slice(0, 10) !== text) {
    throw new InvalidArgumentError(`a day such as 2027-03-31 is needed; got ${JSON.stringify(text)}.`);
  }
  return day;
}
