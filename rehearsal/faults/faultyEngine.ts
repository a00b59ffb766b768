import { EngineError, type Engine, type Found, type Plan, type RunOptions } from "../../rollout/engine";
import { kindOf } from "../../rollout/routerKinds";
import { changed } from "../../rollout/touch";
import type { VirtualClock } from "../clock";
import { regionOf } from "../../pulumi/json";
import type { Faults } from "./faults";

/** How long things take to be made or changed, seconds, by type; what is not here takes {@link OTHERWISE}. */
const SECONDS: Readonly<Record<string, number>> = {
  // Until its pods are ready.
  "kubernetes:apps/v1:Deployment": 90,
  // Until it has ended.
  "kubernetes:batch/v1:Job": 300,
  "aws:lambda/function:Function": 20,
  // Until all of the edge has it.
  "cloudflare:index/loadBalancer:LoadBalancer": 15,
};
const OTHERWISE = 2;

/** What a run takes besides, seconds: the program, the providers, the state. */
const RUN_SECONDS = 12;
const READ_SECONDS = 1;

/** An engine whose runs take virtual time, as those of Pulumi take real time, and which cannot ask regions that are gone. */
export function faultyEngine(engine: Engine, faults: Faults, clock: VirtualClock, look: () => void): Engine {
  const run = async (act: () => Promise<Plan>, signal: AbortSignal | undefined): Promise<Plan> => {
    let failure: unknown;
    const plan = await clock.busy(
      () =>
        act().catch((error: unknown) => {
          failure = error;
          return undefined;
        }),
      (done) => 1_000 * (RUN_SECONDS + secondsOf(done)),
      signal,
    );
    look();
    if (plan === undefined) {
      throw failure;
    }
    if (signal?.aborted === true) {
      throw new EngineError(`the run of ${plan.stack} was ended before it was done`);
    }
    return plan;
  };
  const preview = (act: () => Promise<Plan>, signal: AbortSignal | undefined) =>
    clock.busy(act, 1_000 * RUN_SECONDS, signal);
  return {
    preview: (stack, options) => preview(() => engine.preview(stack, options), options?.signal),
    up: (stack, options?: RunOptions) => run(() => engine.up(stack, options), options?.signal),
    destroy: (stack, options) => run(() => engine.destroy(stack, options), options?.signal),
    outputs: (stack) => clock.busy(engine.outputs(stack)),
    recorded: (stack, types) => clock.busy(engine.recorded(stack, types)),
    read: async (stack, urns, signal) => {
      const found = await clock.busy(engine.read(stack, urns, signal), 1_000 * READ_SECONDS, signal);
      return found.map((each) => answered(each, faults));
    },
    recover: (stack) => clock.busy(engine.recover(stack), 1_000 * READ_SECONDS),
  };
}

function answered(found: Found, faults: Faults): Found {
  return faults.unreachable(kindOf(found.type)?.regionOf(found) ?? regionOf(found.id))
    ? { ...found, problem: "its region does not answer: i/o timeout" }
    : found;
}

/**
 * A promotion: AWS says some minutes, with the restart at its end, and less where backups are kept already. An assumption, to be
 * measured in drills. What reads the database waits for it.
 */
const PROMOTION = { type: "aws:rds/instance:Instance", property: "replicateSourceDb", seconds: 120 } as const;

/** What is done side by side takes as long as the longest of it. */
function secondsOf(plan: Plan | undefined): number {
  const steps = changed(plan?.steps ?? []);
  const promotes = steps.some(({ type, diff }) => type === PROMOTION.type && diff.includes(PROMOTION.property));
  return (promotes ? PROMOTION.seconds : 0) + Math.max(0, ...steps.map(({ type }) => SECONDS[type] ?? OTHERWISE));
}
