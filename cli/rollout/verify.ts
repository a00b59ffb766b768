import type { Command } from "commander";
import { verify, witnessIn, witnessOf, type Problem, type Verified } from "../../rollout/verify";
import { EXIT, type ExitCode } from "../exit";
import { green, red, yellow } from "../paint";
import { openContext } from "./context";
import { rolloutOptions, type RolloutOptions } from "./options";

/** Adds `verify`. */
export function registerVerify(rollout: Command, end: (code: ExitCode) => void): void {
  rolloutOptions(
    rollout
      .command("verify")
      .description("check the journal: every record, every approval's signature, and heads that were published"),
  )
    .option("--head <head...>", "heads of the journal as messages published them: each must be in the chain")
    .action(async (options: RolloutOptions & { head?: string[] }) => {
      const context = await openContext(options);
      const heads = (options.head ?? []).map(witnessOf);
      const beat = await context.heartbeat();
      const witnesses = [...heads, ...(beat === undefined ? [] : [witnessIn(beat)])];
      const found = await verify(context.journal, context.project, witnesses);
      process.stdout.write(options.json ? `${JSON.stringify(found)}\n` : text(found, heads.length, beat !== undefined));
      end(found.ok ? EXIT.done : EXIT.failed);
    });
}

/** What was found, a line each. */
function text({ rollouts, records, approvals, problems }: Verified, heads: number, beat: boolean): string {
  const has = (...kinds: Problem["kind"][]) => problems.some(({ kind }) => kinds.includes(kind));
  const { signed, unsigned } = approvals;
  const lines = problems.map(({ kind, rollout, record, problem }) => {
    const where = record === undefined ? (rollout ?? "") : `record ${record} of ${rollout}`;
    return `${red("✗")} ${kind}${where === "" ? "" : `, ${where}`}: ${problem}`;
  });
  if (!has("altered")) {
    lines.unshift(`${green("✓")} ${records} records of ${rollouts} rollouts: each follows the one before`);
    if (signed > 0 && !has("approval")) {
      lines.push(`${green("✓")} ${signed} signed approvals: each signature holds, by a key that is allowed`);
    }
    if (unsigned > 0) {
      lines.push(`${yellow("!")} ${unsigned} approvals are unsigned: who gave them is their word`);
    }
    if (!has("recomputed", "truncated", "unmatched")) {
      lines.push(seen(heads, beat));
    }
  }
  return `${lines.join("\n")}\n`;
}

function seen(heads: number, beat: boolean): string {
  const witnesses = [...(heads > 0 ? [`${heads} published heads`] : []), ...(beat ? ["the heartbeat's head"] : [])];
  return witnesses.length === 0
    ? `${yellow("!")} no published head was given (--head): a chain that was computed anew is not found out`
    : `${green("✓")} ${witnesses.join(" and ")}: in the chain`;
}
