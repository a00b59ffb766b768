import { readStackConfig, releasesOf } from "../../rehearsal/release";
import type { PlanFacts } from "../../rollout/plan";
import { rolloutConfigOf } from "../../rollout/release";
import type { RolloutConfig } from "../../stacks/config/rollout";
import { ROOT } from "./measure";

/** What a rollout of a stack is planned from, by config alone. */
export function factsFor(stack: string): { config: RolloutConfig; facts: PlanFacts } {
  const own = readStackConfig(ROOT, stack);
  const { rollout, stacks, active } = rolloutConfigOf(own, stack);
  const { platform } = stacks.platform === stack ? own : readStackConfig(ROOT, stacks.platform);
  const regions = Object.fromEntries(Object.entries(platform!.regions).map(([region, { share }]) => [region, share]));
  return { config: rollout, facts: { active, stacks, regions, releases: releasesOf(ROOT, stacks.application, own) } };
}
