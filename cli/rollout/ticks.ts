import type { Controller } from "../../rollout/controller";
import { stageOf } from "../../rollout/core/state";
import { phaseOf } from "./view";

/**
 * Does what is due: stages that are not watched pass one after the other, and it ends where something must be waited for.
 *
 * @param output - On a terminal, it is told each stage that is gone about, a line each: an `up` takes its time.
 */
export async function tickOn(
  controller: Pick<Controller, "state" | "tick" | "settle">,
  signal: AbortSignal,
  output: Pick<NodeJS.WriteStream, "isTTY" | "write">,
): Promise<void> {
  for (let more = true; more && !signal.aborted;) {
    const { state } = controller;
    if (output.isTTY && state.outcome === undefined) {
      output.write(`${phaseOf(state)}: ${stageOf(state)?.name ?? "all stages"} …\n`);
    }
    ({ more } = await controller.tick());
  }
  await controller.settle();
}
