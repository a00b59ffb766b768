import type { Command } from "commander";
import { durationText } from "../../rollout/duration";
import { bold, dim, green, red } from "../paint";
import { openContext } from "./context";
import { rolloutOptions, type RolloutOptions } from "./options";

/** Adds `history`. */
export function registerHistory(rollout: Command): void {
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
}
