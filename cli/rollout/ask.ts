import * as os from "node:os";
import { Option, type Command } from "commander";
import type { State } from "../../rollout/core/state";
import { LeaseError } from "../../rollout/journal";
import { recordOf, type Request } from "../../rollout/requests";
import { EXIT, exitCodeOfRollout, type ExitCode } from "../exit";
import { byOption, rolloutOptions, type RolloutOptions } from "./options";
import { openContext, type RolloutContext } from "./context";
import { printState } from "./print";
import { noRollout } from "./suggest";

/** The person at the keyboard, unless another one is named. */
export function thisPerson(): string {
  return process.env["CUTOVER_BY"] ?? os.userInfo().username;
}

interface AskOptions extends RolloutOptions {
  by: string;
  reason: string;
}

const reasonOption = () => new Option("-m, --reason <text>", "why: the journal keeps it").makeOptionMandatory();

/** Adds what people, pipelines and monitoring ask of an open rollout: signal, hold, promote, abort. */
export function registerAsks(rollout: Command, end: (code: ExitCode) => void): void {
  const ask = (name: "hold" | "promote" | "abort", description: string) =>
    rolloutOptions(rollout.command(name).description(description))
      .addOption(byOption())
      .addOption(reasonOption())
      .action(async ({ by, reason, ...options }: AskOptions) =>
        end(await deliver(options, { kind: name, by, reason })),
      );
  ask("hold", "stop where it is; triggers go on watching");
  ask("promote", "go on without the rest of the stage's evidence");
  ask("abort", "take everybody back to the active color, now");

  rolloutOptions(rollout.command("signal").description("send a signal from outside, such as a security incident"))
    .argument("<name>", "the signal, of cutover:rollout.signals")
    .addOption(byOption())
    .addOption(reasonOption())
    .action(async (signal: string, { by, reason, ...options }: AskOptions) =>
      end(await deliver(options, { kind: "signal", signal, by, reason })),
    );
}

/**
 * Has a request taken up: at once when nobody else has the lease, else by the controller that has it, at its next look.
 *
 * @param ask - The request, or what makes it of where the rollout stands; undefined when there is nothing to ask.
 */
export async function deliver(
  options: RolloutOptions,
  ask: Request | ((state: State, now: number) => Promise<Request | undefined>),
): Promise<ExitCode> {
  const context = await openContext(options);
  const state = await context.state();
  if (state === undefined) {
    throw noRollout(options);
  }
  let request = typeof ask === "function" ? await ask(state, context.clock.now()) : ask;
  if (request === undefined) {
    return EXIT.done;
  }
  // Refused at once, rather than by a controller that nobody watches. It checks all of it again.
  if (request.kind === "approve") {
    const proven = await context.identify(state, request);
    recordOf(state, proven, context.clock.now());
    request = { ...request, person: proven.person };
  } else {
    recordOf(state, request, context.clock.now());
  }
  const asked = request;
  let taken = false;
  try {
    const after = await context.control(async (controller) => {
      await controller.ask(asked);
      taken = true;
      await controller.tick();
      await controller.settle();
      return controller.state;
    });
    printState(after, context.clock.now(), options);
    return exitCodeOfRollout(after);
  } catch (error) {
    // What is recorded is not asked again, though the lease was lost behind it.
    if (!(error instanceof LeaseError) || taken) {
      throw error;
    }
    return leave(context, asked, options);
  }
}

/** Leaves a request to the controller that has the lease. */
export async function leave(context: RolloutContext, request: Request, options: RolloutOptions): Promise<ExitCode> {
  await context.inbox.put(request, context.clock.now());
  process.stdout.write(
    options.json
      ? `${JSON.stringify({ asked: request.kind, rollout: await context.journal.current() })}\n`
      : "Asked. The controller that has the lease takes it up within seconds.\n",
  );
  return EXIT.done;
}
