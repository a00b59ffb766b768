import { readStackConfig } from "../rehearsal/release";
import type { Rehearsal } from "../rehearsal";
import type { Json } from "../rollout/engine";
import type { CheckedStack } from "./check";
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
    stack: name,
    records: recordsOf(engine.resources(name)),
    settings: readStackConfig(project, name, name === stack ? set : undefined).policies,
  }));
}
