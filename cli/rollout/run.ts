import { Option, type Command } from "commander";
import type { Controller } from "../../rollout/controller";
import { EngineError } from "../../rollout/engine";
import { exitCodeOfRollout, type ExitCode } from "../exit";
import { openContext, type RolloutContext } from "./context";
import { byOption, rolloutOptions, type RolloutOptions } from "./options";
import { printState } from "./print";
import { Screen } from "./screen";

interface RunOptions extends RolloutOptions {
  by: string;
  plan?: string;
  watch?: true;
  supersede?: true;
  reason?: string;
}

const watchOption = () => new Option("--watch", "stay until the rollout has ended, tick after tick");

/** Adds `start`, `tick` and `resume`: what moves a rollout. */
export function registerRuns(rollout: Command, end: (code: ExitCode) => void): void {
  rolloutOptions(rollout.command("start").description("begin a rollout, and do its first tick"))
    .addOption(byOption())
    .option("--plan <name>", "the plan of cutover:rollout.plans; its default unless one is named")
    .option("--supersede", "take the rollout that is open back to 0 % first")
    .addOption(watchOption())
    .action(async (options: RunOptions) => end(await start(options)));

  rolloutOptions(rollout.command("tick").description("do what is due, and end: for cron and pipelines")).action(
    async (options: RunOptions) => end(await goOn(options, async () => undefined)),
  );

  rolloutOptions(
    rollout.command("resume").description("go on: let go of a hold, or take over from a controller that was killed"),
  )
    .addOption(byOption())
    .option("-m, --reason <text>", "why a hold is let go: the journal keeps it")
    .addOption(watchOption())
    .action(async (options: RunOptions) => end(await goOn(options, (controller) => letGo(controller, options))));
}

async function letGo(controller: Controller, { by, reason }: RunOptions): Promise<void> {
  if (controller.state.hold === undefined) {
    return;
  }
  if (reason === undefined) {
    throw new EngineError(
      `rollout ${controller.state.id} holds: ${controller.state.hold.reason}; say why it may go on: --reason "..."`,
    );
  }
  await controller.ask({ kind: "resume", by, reason });
}

async function start(options: RunOptions): Promise<ExitCode> {
  const context = await openContext(options);
  const plan = await context.plan(options.plan);
  const open = await context.state();
  if (open !== undefined && open.outcome === undefined) {
    if (!options.supersede) {
      throw new EngineError(
        `rollout ${open.id} of ${open.plan.release} is open: \`cutover rollout status --stack ${options.stack}\` shows it; ` +
          "--supersede takes it back to 0 % first",
      );
    }
    await supersede(context, plan.release, options.by);
  }
  return context.control(async (controller) => run(context, controller, options), { plan, by: options.by });
}

/** Ends the open rollout: the candidate goes to 0 before another release takes its color. */
async function supersede(context: RolloutContext, release: string, by: string): Promise<void> {
  await context.control(async (controller) => {
    if (controller.state.rollback === undefined) {
      await controller.ask({ kind: "abort", by, reason: `superseded by ${release}` });
    }
    await controller.watch();
  });
}

async function goOn(options: RunOptions, first: (controller: Controller) => Promise<void>): Promise<ExitCode> {
  const context = await openContext(options);
  const state = await context.state();
  if (state === undefined) {
    throw new EngineError(
      `stack ${options.stack} has no rollout: \`cutover rollout start --stack ${options.stack}\` begins one`,
    );
  }
  if (state.outcome !== undefined) {
    printState(state, context.clock.now(), options.json);
    return exitCodeOfRollout(state);
  }
  return context.control(async (controller) => {
    await first(controller);
    return run(context, controller, options);
  });
}

/** One tick, or all of them. Ctrl-C ends between two records: what was done is journaled, and `resume` goes on. */
async function run(context: RolloutContext, controller: Controller, { watch, json }: RunOptions): Promise<ExitCode> {
  const stop = new AbortController();
  const interrupt = () => stop.abort();
  process.once("SIGINT", interrupt);
  process.once("SIGTERM", interrupt);
  const screen = watch && !json ? new Screen(() => controller.state, context.clock) : undefined;
  try {
    if (watch) {
      await controller.watch(stop.signal);
    } else {
      // Stages that are not watched pass one after the other; a tick ends where something must be waited for.
      for (let ticked = await controller.tick(); ticked.more && !stop.signal.aborted;) {
        ticked = await controller.tick();
      }
      await controller.settle();
    }
  } finally {
    screen?.close();
    process.removeListener("SIGINT", interrupt);
    process.removeListener("SIGTERM", interrupt);
  }
  printState(controller.state, context.clock.now(), json);
  if (stop.signal.aborted && controller.state.outcome === undefined) {
    process.stderr.write(
      `stopped; rollout ${controller.state.id} is open and nobody watches it: cutover rollout resume --stack ${controller.state.plan.stack} --watch\n`,
    );
  }
  return exitCodeOfRollout(controller.state);
}
