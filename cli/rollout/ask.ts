import * as os from "node:os";
import { Option, type Command } from "commander";
import type { State } from "../../rollout/core/state";
import { EngineError } from "../../rollout/engine";
import { LeaseError } from "../../rollout/journal";
import { recordOf, type Request } from "../../rollout/requests";
import { EXIT, exitCodeOfRollout, type ExitCode } from "../exit";
import { dim } from "../paint";
import { byOption, rolloutOptions, type RolloutOptions } from "./options";
import { openContext } from "./context";
import { printState } from "./print";

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
    throw new EngineError(
      `stack ${options.stack} has no rollout: \`cutover rollout start --stack ${options.stack}\` begins one`,
    );
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
  try {
    const after = await context.control(async (controller) => {
      await controller.ask(asked);
      await controller.tick();
      await controller.settle();
      return controller.state;
    });
    printState(after, context.clock.now(), options.json);
    return exitCodeOfRollout(after);
  } catch (error) {
    if (!(error instanceof LeaseError)) {
      throw error;
    }
    await context.inbox.put(asked, context.clock.now());
    process.stdout.write(
      options.json
        ? `${JSON.stringify({ asked: asked.kind, rollout: state.id })}\n`
        : `Asked. ${dim(`The controller that has the lease takes it up within seconds: ${error.message}`)}\n`,
    );
    return EXIT.done;
  }
}
