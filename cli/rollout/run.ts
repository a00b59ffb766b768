import { Option, type Command } from "commander";
import type { Controller } from "../../rollout/controller";
import { EngineError } from "../../rollout/engine";
import { LeaseError } from "../../rollout/journal";
import { recordOf, type Request } from "../../rollout/requests";
import type { State } from "../../rollout/core/state";
import { exitCodeOfRollout, type ExitCode } from "../exit";
import { leave } from "./ask";
import { openContext, type RolloutContext } from "./context";
import { byOption, rolloutOptions, type RolloutOptions } from "./options";
import { printState } from "./print";
import { Screen } from "./screen";
import { noRollout, suggested } from "./suggest";
import { tickOn } from "./ticks";

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
    async (options: RunOptions) => end(await goOn(options)),
  );

  rolloutOptions(
    rollout.command("resume").description("go on: let go of a hold, or take over from a controller that was killed"),
  )
    .addOption(byOption())
    .option("-m, --reason <text>", "why a hold is let go: the journal keeps it")
    .addOption(watchOption())
    .action(async (options: RunOptions) => end(await goOn(options, lettingGo)));
}

/** What lets go of a hold; undefined when there is none. @throws EngineError when no reason was given. */
function lettingGo({ id, hold }: State, { by, reason }: RunOptions): Request | undefined {
  if (hold === undefined) {
    return undefined;
  }
  if (reason === undefined) {
    throw new EngineError(`rollout ${id} holds: ${hold.reason}; say why it may go on: --reason "..."`);
  }
  return { kind: "resume", by, reason };
}

async function start(options: RunOptions): Promise<ExitCode> {
  const context = await openContext(options);
  const plan = await context.plan(options.plan);
  const open = await context.state();
  if (open !== undefined && open.outcome === undefined) {
    if (!options.supersede) {
      throw new EngineError(
        `rollout ${open.id} of ${open.plan.release} is open: \`${suggested(options, "status")}\` shows it; ` +
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

/** @param ask - What is asked first, by where the rollout stands. @default - nothing */
async function goOn(
  options: RunOptions,
  ask: (state: State, options: RunOptions) => Request | undefined = () => undefined,
): Promise<ExitCode> {
  const context = await openContext(options);
  const state = await context.state();
  if (state === undefined) {
    throw noRollout(options);
  }
  if (state.outcome !== undefined) {
    printState(state, context.clock.now(), options);
    return exitCodeOfRollout(state);
  }
  let had = false;
  try {
    return await context.control(async (controller) => {
      had = true;
      const request = ask(controller.state, options);
      if (request !== undefined) {
        await controller.ask(request);
      }
      return run(context, controller, options);
    });
  } catch (error) {
    const request = error instanceof LeaseError && !had ? ask(state, options) : undefined;
    if (request === undefined) {
      throw error;
    }
    recordOf(state, request, context.clock.now());
    return leave(context, request, options);
  }
}

/** One tick, or all of them. Ctrl-C ends between two records: what was done is journaled, and `resume` goes on. */
async function run(context: RolloutContext, controller: Controller, options: RunOptions): Promise<ExitCode> {
  const { watch, json } = options;
  const stop = new AbortController();
  const interrupt = () => stop.abort();
  process.once("SIGINT", interrupt);
  process.once("SIGTERM", interrupt);
  const screen = watch && !json ? new Screen(() => controller.state, context.clock, options) : undefined;
  try {
    if (watch) {
      await controller.watch(stop.signal);
    } else {
      await tickOn(controller, stop.signal, process.stderr);
    }
  } finally {
    screen?.close();
    process.removeListener("SIGINT", interrupt);
    process.removeListener("SIGTERM", interrupt);
  }
  printState(controller.state, context.clock.now(), options);
  if (stop.signal.aborted && controller.state.outcome === undefined) {
    process.stderr.write(
      `stopped; rollout ${controller.state.id} is open and nobody watches it: ${suggested(options, "resume")} --watch\n`,
    );
  }
  return exitCodeOfRollout(controller.state);
}
