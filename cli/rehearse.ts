import { InvalidArgumentError, Option, type Command } from "commander";
import { durationText } from "../rollout/duration";
import { ConfigError, type Json } from "../rollout/engine";
import { clouds } from "../rehearsal/clouds";
import { FAULTS, parseFault, type PlannedFault } from "../rehearsal/faults";
import { rehearse, type Outcome, type RehearsalResult } from "../rehearsal/rehearse";
import type { StageResult } from "../rehearsal/stageResults";
import { EXIT, type ExitCode } from "./exit";
import { jsonOption, setOption, stackOption } from "./options";
import { checkOutput, writeOutput } from "./outputFile";
import { bold, dim, green, red, yellow } from "./paint";
import { Progress } from "./progress";
import { RehearsalReport } from "./rehearsalReport";
import { wrap } from "./rollout/view";

interface Options {
  stack: string;
  plan?: string;
  set: Record<string, Json>;
  fault: PlannedFault[] | "list";
  seed: number;
  json?: true;
  report?: string;
}

const faultOption = () =>
  new Option("--fault <fault>", "what goes wrong: NAME[@STAGE][:REGION], may be repeated; `list` shows them all")
    .argParser(collectFaults)
    .default([], "nothing goes wrong");

const seedOption = () =>
  new Option("--seed <number>", "repeats a run: the same users, the same noise").argParser(seedOf).default(1);

/** Adds `rehearse`. */
export function registerRehearse(program: Command, end: (code: ExitCode) => void): void {
  program
    .command("rehearse")
    .description(
      "rehearse a whole release on a virtual clock: from nothing to 100 % of the candidate, under simulated load, with gates, triggers and faults",
    )
    .addOption(stackOption().makeOptionMandatory(false))
    .option("--plan <name>", "the plan of cutover:rollout.plans; its default unless one is named")
    .addOption(faultOption())
    .addOption(seedOption())
    .addOption(setOption())
    .addOption(jsonOption())
    .option("--report <file.html>", "write a page on it, as `cutover rollout report` does for a real one")
    .action(async (options: Options) => end(await run(options)));
}

async function run({ stack, plan, set, fault, seed, json, report }: Options): Promise<ExitCode> {
  if (fault === "list") {
    process.stdout.write(`${faultsText()}\n`);
    return EXIT.done;
  }
  if (stack === undefined) {
    throw new ConfigError("which stack? cutover rehearse --stack production");
  }
  if (report !== undefined) {
    checkOutput(report);
  }
  const kept = report === undefined ? undefined : new RehearsalReport({ project: process.cwd(), stack, set });
  const progress = new Progress("Rehearsal");
  const print = (text: string) => {
    progress.done();
    if (!json) {
      process.stdout.write(`${text}\n`);
    }
  };
  // With the first stage, so that a refused config is an error and nothing else.
  const title = once(() => {
    print(bold(`Rehearsal of ${stack}`));
    print(`${dim("in stand-in clouds, on a virtual clock: nothing real is touched")}\n`);
    print(dim(row("stage", "changed", "green", "took")));
  });
  let result: RehearsalResult;
  try {
    result = await rehearse({
      project: process.cwd(),
      clouds,
      stack,
      ...(plan === undefined ? {} : { plan }),
      set,
      faults: fault,
      seed,
      rehearsal: {
        onMessage: (severity, text) => {
          if (severity === "warning") {
            process.stderr.write(`${severity}: ${text}\n`);
          }
        },
      },
      onStage: (name) => {
        title();
        progress.stage(name);
      },
      onStep: () => progress.step(),
      ...(kept === undefined
        ? {}
        : { onPlan: (deployed) => kept.plan(deployed), onRecord: (record, { id }) => kept.record(record, id) }),
      onStageDone: (stage) => print(stageText(stage)),
    });
  } finally {
    progress.done();
  }
  if (json) {
    process.stdout.write(`${JSON.stringify(result)}\n`);
  } else {
    print(`\n${summaryText(result)}`);
  }
  if (report !== undefined && kept !== undefined) {
    writeOutput(report, kept.html(result, fault));
    print(dim(`report: ${report}`));
  }
  return { promoted: EXIT.done, "rolled-back": EXIT.rolledBack, held: EXIT.held, failed: EXIT.failed }[result.outcome];
}

function once(act: () => void): () => void {
  let done = false;
  return () => {
    if (!done) {
      done = true;
      act();
    }
  };
}

function stageText(stage: StageResult): string {
  const changed = stage.changed.length === 0 ? "–" : String(stage.changed.length);
  const took = stage.attempt === 0 ? `(${stage.seconds.toFixed(1)} s real)` : durationText(stage.virtualSeconds);
  const name = stage.attempt > 1 ? `${stage.name}, attempt ${stage.attempt}` : stage.name;
  const mark = { passed: green("✓"), failed: red("✗"), held: yellow("●") }[stage.outcome];
  const paint = stage.outcome === "held" ? yellow : red;
  return [
    `${mark} ${row(name, changed, shareText(stage.weights), took).slice(2)}`,
    ...(stage.reason === undefined ? [] : wrap(stage.reason, 74).map((line) => `  ${paint(line)}`)),
  ].join("\n");
}

/** One line of the table, 76 columns at most. */
function row(stage: string, changed: string, share: string, took: string): string {
  return `  ${stage.padEnd(34)} ${changed.padStart(8)} ${share.padStart(12)} ${took.padStart(16)}`;
}

/** The share of green: one figure where all regions agree, the range where they do not. */
function shareText(weights: Readonly<Record<string, number>>): string {
  const shares = [...new Set(Object.values(weights))].sort((one, other) => one - other);
  return shares.length === 0 ? "–" : shares.length === 1 ? `${shares[0]} %` : `${shares[0]}–${shares.at(-1)} %`;
}

const PAINT: Readonly<Record<Outcome, (text: string) => string>> = {
  promoted: green,
  "rolled-back": red,
  held: yellow,
  failed: red,
};

function summaryText(result: RehearsalResult): string {
  const { outcome, reason, virtualSeconds, rollbackSeconds, recovery, affected, unbegun, policies } = result;
  const { requests, failed, slow } = affected;
  const count = (value: number) => Math.round(value).toLocaleString("en");
  const causes = [
    [failed.release, "errors of the release"],
    [failed.capacity, "for want of pods"],
    [failed.database, "for want of a database"],
    [failed.nowhere, "that routers sent nowhere"],
    [slow, "slower than 2 s"],
  ] as const;
  const hurt = causes.filter(([value]) => value >= 0.5).map(([value, what]) => `${count(value)} ${what}`);
  return [
    ...wrap(`${outcome}: ${reason}`, 78).map((line, index) =>
      index === 0 ? line.replace(outcome, PAINT[outcome](outcome)) : line,
    ),
    ...dimmed(
      `${durationText(virtualSeconds)} of virtual time; ${count(requests)} requests, ${hurt.length === 0 ? "none of them hurt by the release" : hurt.join(", ")}`,
    ),
    ...(rollbackSeconds === undefined
      ? []
      : dimmed(`${durationText(rollbackSeconds)} from the sample that broke the rule to 0 % in every region`)),
    ...(recovery === undefined
      ? []
      : wrap(
          `activated in ${durationText(recovery.activationSeconds)} from the decision to passed smoke tests; all of it took ${durationText(recovery.totalSeconds)}`,
          78,
        )),
    ...(policies === undefined
      ? []
      : dimmed(
          `${policies.rules} policies on ${count(policies.resources)} resources: ${policies.violations.length} violations${policies.waived > 0 ? `, ${policies.waived} waived` : ""}`,
        )),
    ...(unbegun.length === 0
      ? []
      : wrap(`never began, its stage was not reached: ${unbegun.join(", ")}`, 78).map(yellow)),
  ].join("\n");
}

function dimmed(text: string): string[] {
  return wrap(text, 78).map(dim);
}

function faultsText(): string {
  const width = Math.max(...Object.keys(FAULTS).map((name) => name.length)) + 2;
  return [
    ...Object.entries(FAULTS).flatMap(([name, { description }]) =>
      wrap(description, 78 - width).map((line, index) => `${(index === 0 ? name : "").padEnd(width)}${line}`),
    ),
    "",
    "A fault begins with its stage, in all regions or one: candidate-errors@shift-30:eu-west-1",
  ].join("\n");
}

function collectFaults(text: string, before: PlannedFault[] | "list"): PlannedFault[] | "list" {
  if (text === "list" || before === "list") {
    return "list";
  }
  try {
    return [...before, parseFault(text)];
  } catch (error) {
    throw new InvalidArgumentError((error as Error).message);
  }
}

function seedOf(text: string): number {
  if (!/^\d{1,9}$/.test(text)) {
    throw new InvalidArgumentError(`a whole number of at most nine digits is needed; got ${JSON.stringify(text)}.`);
  }
  return Number(text);
}
