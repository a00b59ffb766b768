import { costInputs } from "../cost/inputs";
import { readStackConfig } from "../rehearsal/release";
import type { Rehearsal } from "../rehearsal";
import type { Json } from "../rollout/engine";
import { rolloutConfigOf } from "../rollout/release";
import { largestStep } from "../rollout/stage";
import { stagesOf } from "../rollout/stages";
import type { StackConfig } from "../stacks/config/schema";
import type { CheckedStack } from "./check";
import { DEFAULT_STEP_PERCENT } from "./rules/rollout/rolloutStepLimit";
import type { Settings } from "./settings";
import { recordsOf } from "./state";

/**
 * What a rehearsal holds of a stack and of all that it reads, ready for `checkPlans`. The stacks are up.
 *
 * @param project - The project's directory.
 * @param set - Values over the stack's config, as it was brought up with.
 * @throws ConfigError when a stack's config is wrong; EngineError when one was never brought up.
 */
export function plansOf(
  engine: Rehearsal,
  project: string,
  stack: string,
  set?: Readonly<Record<string, Json>>,
): CheckedStack[] {
  return [...engine.references(stack), stack].map((name) => ({
    ...circumstancesOf(project, name, { set: name === stack ? set : undefined }),
    records: recordsOf(engine.resources(name)),
  }));
}

/**
 * What a stack is checked with, by its config.
 *
 * @param set - Values over its config.
 * @param plan - The plan of its rollout. @default - the plan of config
 * @throws ConfigError when its config is wrong.
 */
export function circumstancesOf(
  project: string,
  stack: string,
  { set, plan }: { set?: Readonly<Record<string, Json>>; plan?: string } = {},
): Omit<CheckedStack, "records" | "before"> {
  const config = readStackConfig(project, stack, set);
  const { platform } = config;
  return {
    stack,
    settings: withStepLimit(config, stack, plan),
    ...(platform === undefined ? {} : { cost: costInputs(platform.cost, platform.regions) }),
  };
}

/** A plan says itself how large its steps are: what is watched is that nothing larger is done. */
function withStepLimit(config: StackConfig, stack: string, plan?: string): Settings {
  const { policies, traffic } = config;
  if (policies.maxStepPercent !== undefined || traffic?.rollout === undefined) {
    return policies;
  }
  const { rollout, stacks, active } = rolloutConfigOf(config, stack);
  const largest = largestStep(stagesOf(rollout, plan ?? rollout.plan, active, stacks));
  return { ...policies, maxStepPercent: Math.max(DEFAULT_STEP_PERCENT, largest) };
}
