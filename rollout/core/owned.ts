import type { RolloutPlan, WatchedStage } from "./plan";
import type { State } from "./state";

/** From now on the rollout owns what a stage sets: every `up` of the stack has it. */
export function own(state: State, { stack, patch }: Pick<WatchedStage, "stack" | "patch">): void {
  state.patches.set(stack, { ...state.patches.get(stack), ...patch });
}

/** The rollback patches that wait for nobody: what comes after a question is owned once it is begun. */
export function untilAsked(patches: RolloutPlan["rollback"]): RolloutPlan["rollback"] {
  const first = patches.findIndex(({ asks }) => asks !== undefined);
  return first < 0 ? patches : patches.slice(0, first);
}
