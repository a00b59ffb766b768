import { readFile } from "node:fs/promises";
import { text } from "node:stream/consumers";
import type { Command } from "commander";
import { ConfigError } from "../rollout/engine";
import type { Decision, JudgeInput, Metric, MetricVerdict, Verdict } from "../rollout/judge";
import { EXIT, type ExitCode } from "./exit";
import { jsonOption } from "./options";
import { bold, dim, green, red, yellow } from "./paint";
import { wrap } from "./rollout/view";

const CODES = { promote: EXIT.done, hold: EXIT.held, rollback: EXIT.rolledBack } as const;

/** Adds `judge`. */
export function registerJudge(program: Command, end: (code: ExitCode) => void): void {
  program
    .command("judge")
    .description("compare a candidate's metrics with the baseline's: promote (exit 0), hold (3) or roll back (4)")
    .argument("<file>", "JSON with the metrics of one look, as docs/judge.md shows it; - reads standard input")
    .addOption(jsonOption())
    .action(async (file: string, { json }: { json?: true }) => end(await run(file, json === true)));
}

async function run(file: string, json: boolean): Promise<ExitCode> {
  // Loaded here: the other commands need no statistics.
  const { decide, judge, parseJudgeInput } = require("../rollout/judge") as typeof import("../rollout/judge");
  const input = parseJudgeInput(await readJson(file), nameOf(file));
  const verdict = judge(input);
  const output = json ? JSON.stringify(verdict) : judgeText(input, verdict, decide(input.metrics, verdict.metrics));
  process.stdout.write(`${output}\n`);
  return CODES[verdict.verdict];
}

async function readJson(file: string): Promise<unknown> {
  let content: string;
  try {
    content = file === "-" ? await text(process.stdin) : await readFile(file, "utf8");
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    const what = { ENOENT: "there is no such file", EISDIR: "it is a folder" }[code ?? ""] ?? message;
    throw new ConfigError(`${nameOf(file)} cannot be read: ${what}; a JSON file is needed, or - for standard input`);
  }
  try {
    return JSON.parse(content);
  } catch (error) {
    throw new ConfigError(`${nameOf(file)} is no JSON: ${(error as Error).message}`);
  }
}

function nameOf(file: string): string {
  return file === "-" ? "standard input" : file;
}

const PAINT = { pass: green, high: red, low: red, inconclusive: yellow, nodata: yellow, error: yellow } as const;
const MARK = { pass: "✓", high: "✗", low: "✗", inconclusive: "?", nodata: "?", error: "!" } as const;

/** Columns of the names. */
const NAME = 32;

/** A table with the reason of each metric below it, 80 columns at most, and the decision at the end. */
function judgeText({ metrics }: JudgeInput, verdict: Verdict, { reason }: Decision): string {
  const header = dim(row("metric", "weight", "result", "detector", "corrected p"));
  const blocks = groupsOf(metrics).flatMap(([group, indices]) => [
    ...(group === undefined ? [] : [bold(group)]),
    ...indices.map((index) => metricText(metrics[index]!, verdict.metrics[index]!)),
  ]);
  const paint = { promote: green, hold: yellow, rollback: red }[verdict.verdict];
  const [first, ...rest] = wrap(`${verdict.verdict}: ${reason}`, 78);
  const end = [bold(paint(first)), ...rest].join("\n");
  const critical = metrics.some((metric) => metric.critical)
    ? [dim("* critical: rolls back, or holds, by itself")]
    : [];
  return [header, ...blocks, ...critical, "", end].join("\n");
}

function metricText({ name, weight = 1, critical }: Metric, verdict: MetricVerdict): string {
  const { result, detector, adjustedPValue, reason } = verdict;
  const line = row(
    name,
    `${weight}${critical === true ? "*" : ""}`,
    result,
    detector === "none" ? "–" : detector,
    adjustedPValue === null ? "–" : adjustedPValue < 0.0001 ? "< 0.0001" : adjustedPValue.toFixed(4),
  );
  return [
    PAINT[result](`${MARK[result]} ${line.slice(2)}`),
    ...wrap(reason, 76).map((part) => `    ${result === "pass" ? dim(part) : part}`),
  ].join("\n");
}

/** The metrics' indices by group, in the order of the file. */
function groupsOf(metrics: readonly Metric[]): [string | undefined, number[]][] {
  const groups = new Map<string | undefined, number[]>();
  metrics.forEach(({ group }, index) => groups.set(group, [...(groups.get(group) ?? []), index]));
  // Without a heading of its own, what has no group stands first.
  return [...groups].sort(([one], [other]) => Number(one !== undefined) - Number(other !== undefined));
}

/** One line of the table; a name that is too long for its column has a line of its own. */
function row(name: string, weight: string, result: string, detector: string, p: string): string {
  const own = name.length > NAME ? `  ${name}\n  ` : "  ";
  const cells = `${weight.padStart(6)}  ${result.padEnd(12)} ${detector.padEnd(10)} ${p.padStart(11)}`;
  return `${own}${(name.length > NAME ? "" : name).padEnd(NAME)} ${cells}`.trimEnd();
}
