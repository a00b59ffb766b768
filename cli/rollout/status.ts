import type { Command } from "commander";
import { exitCodeOfRollout, type ExitCode } from "../exit";
import { openContext } from "./context";
import { rolloutOptions, type RolloutOptions } from "./options";
import { printState } from "./print";
import { Screen } from "./screen";
import { noRollout } from "./suggest";

/** Between two looks at the journal, milliseconds. */
const LOOK = 1_000;

/** Adds `status`. It reads the journal only: it takes no lease, and needs neither Pulumi nor a cloud. */
export function registerStatus(rollout: Command, end: (code: ExitCode) => void): void {
  rolloutOptions(rollout.command("status").description("show where the rollout stands"))
    .option("--watch", "go on showing it until it has ended, or holds")
    .action(async (options: RolloutOptions & { watch?: true }) => end(await status(options)));
}

async function status(options: RolloutOptions & { watch?: true }): Promise<ExitCode> {
  const context = await openContext(options);
  let state = await context.state();
  if (state === undefined) {
    throw noRollout(options);
  }
  if (options.watch && !options.json) {
    const screen = new Screen(() => state!, context.clock, options);
    while (state!.outcome === undefined && state!.hold === undefined) {
      await context.clock.sleep(LOOK);
      state = await context.state();
    }
    screen.close();
  }
  printState(state!, context.clock.now(), options);
  return exitCodeOfRollout(state!);
}
