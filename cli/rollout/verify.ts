import type { Command } from "commander";
import { verify, witnessIn, witnessOf, type Problem, type Verified } from "../../rollout/verify";
import { EXIT, type ExitCode } from "../exit";
import { green, red, yellow } from "../paint";
import { openContext } from "./context";
import { rolloutOptions, type RolloutOptions } from "./options";
import { wrap } from "./view";

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
  const { signed, byToken, unsigned } = approvals;
  const lines = problems.flatMap(({ kind, rollout, record, problem }) => {
    const where = record === undefined ? (rollout ?? "") : `record ${record} of ${rollout}`;
    const head = `${red("✗")} ${kind}${where === "" ? "" : `, ${where}`}`;
    return [head, ...wrap(problem, 76).map((line) => `    ${line}`)];
  });
  if (!has("altered")) {
    lines.unshift(
      `${green("✓")} ${many(records, "record")} of ${many(rollouts, "rollout")}: each follows the one before`,
    );
    if (signed > 0 && !has("approval")) {
      lines.push(`${green("✓")} ${many(signed, "signed approval")}: each signature holds, by a key that is allowed`);
    }
    if (byToken > 0) {
      lines.push(`${yellow("!")} ${many(byToken, "approval")} by a token, which was checked then and is not kept`);
    }
    if (unsigned > 0) {
      lines.push(`${yellow("!")} ${many(unsigned, "approval")} unsigned: who gave it was taken at their word`);
    }
    if (!has("recomputed", "truncated", "unmatched")) {
      lines.push(seen(heads, beat));
    }
  }
  return `${lines.join("\n")}\n`;
}

function seen(heads: number, beat: boolean): string {
  const witnesses = [...(heads > 0 ? [many(heads, "published head")] : []), ...(beat ? ["the heartbeat's head"] : [])];
  return witnesses.length === 0
    ? `${yellow("!")} no published head was given (--head): a chain that was computed anew is not found out`
    : `${green("✓")} ${witnesses.join(" and ")}: in the chain`;
}

function many(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? "" : "s"}`;
}
