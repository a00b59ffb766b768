import type { Rule } from "../../rule";
import { rollbackTargetKept } from "./rollbackTargetKept";
import { rolloutStepLimit } from "./rolloutStepLimit";
import { weightsAddUp } from "./weightsAddUp";
import { weightsWithoutStickiness } from "./weightsWithoutStickiness";

/** Rules on traffic and rollout. */
export const rolloutRules: readonly Rule[] = [
  weightsAddUp,
  weightsWithoutStickiness,
  rolloutStepLimit,
  rollbackTargetKept,
];
