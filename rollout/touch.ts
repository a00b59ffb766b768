import type { Op, Step } from "./engine";
import type { Color } from "../stacks/config/fields";

/** Resources that a stage may touch, and how. A change that no touch of the stage covers is outside of it. */
export interface Touch {
  /** In words, for a report. */
  what: string;
  /** Whether a step on this resource is covered. */
  covers(step: Step): boolean;
}

/** The changes of a plan that a stage may not make: what `same` and `read` steps do is nothing. */
export function outside(steps: readonly Step[], touches: readonly Touch[]): Step[] {
  return changed(steps).filter((step) => !touches.some((touch) => touch.covers(step)));
}

/** The steps of a plan that change something. */
export function changed(steps: readonly Step[]): Step[] {
  return steps.filter(({ op }) => op !== "same" && op !== "read");
}
