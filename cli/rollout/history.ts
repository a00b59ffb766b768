import type { Command } from "commander";
import { EXIT, type ExitCode } from "../exit";
import { durationText } from "../../rollout/duration";
import { bold, dim, green, red } from "../paint";
import { openContext } from "./context";
import { rolloutOptions, type RolloutOptions } from "./options";

/** Adds `history` and `verify`. */
export function registerHistory(rollout: Command, end: (code: ExitCode) => void): void {
  rolloutOptions(rollout.command("history").description("list the rollouts of a stack")).action(
    async (options: RolloutOptions) => {
      const { journal } = await openContext(options);
      const rollouts = await journal.history();
      if (options.json) {
        process.stdout.write(`${JSON.stringify({ rollouts })}\n`);
        return;
      }
      if (rollouts.length === 0) {
        process.stdout.write(`Stack ${options.stack} has had no rollout.\n`);
      }
      for (const { id, release, plan, begun, ended, outcome, reason } of rollouts) {
        const took = ended === undefined ? "" : durationText((ended - begun) / 1000);
        const word = outcome ?? "open";
        const paint = outcome === "promoted" ? green : outcome === undefined ? bold : red;
        process.stdout.write(
          `${id.padEnd(24)} ${new Date(begun).toISOString().slice(0, 16).replace("T", " ")}  ${release.padEnd(10)} ${plan.padEnd(12)} ${paint(word.padEnd(11))} ${took}\n`,
        );
        if (reason !== undefined && outcome !== "promoted") {
          process.stdout.write(`  ${dim(reason)}\n`);
        }
      }
    },
  );

  rolloutOptions(rollout.command("verify").description("check every record of the journal: order, hashes, fences"))
    .option("--head <hash...>", "heads of the journal as notifications published them: each must be in the chain")
    .action(async (options: RolloutOptions & { head?: string[] }) => end(await verify(options)));
}

async function verify(options: RolloutOptions & { head?: string[] }): Promise<ExitCode> {
  const { journal } = await openContext(options);
  const rollouts = await journal.history();
  const hashes = new Set<string>();
  let records = 0;
  for (const { id } of rollouts) {
    for (const { hash } of await journal.read(id)) {
      hashes.add(hash);
      records += 1;
    }
  }
  const missing = (options.head ?? []).filter((head) => !hashes.has(head));
  if (options.json) {
    process.stdout.write(
      `${JSON.stringify({ ok: missing.length === 0, rollouts: rollouts.length, records, missingHeads: missing })}\n`,
    );
  } else {
    const what = `${records} records of ${rollouts.length} rollouts`;
    process.stdout.write(
      missing.length === 0
        ? `${green("✓")} ${what}: every record follows the one before${options.head === undefined ? "" : ", and every published head is there"}\n`
        : `${red("✗")} ${what}: the chain holds, but it is not the one that was published: ${missing.join(", ")} ${missing.length === 1 ? "is" : "are"} not in it. It was written anew\n`,
    );
  }
  return missing.length === 0 ? EXIT.done : EXIT.failed;
}
