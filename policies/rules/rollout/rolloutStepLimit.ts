import { iso27001, soc2 } from "../../frameworks";
import type { GraphRule } from "../../rule";
import { STACK } from "../support/types";

/** Where neither config nor a plan says another. */
export const DEFAULT_STEP_PERCENT = 50;

export const rolloutStepLimit: GraphRule = {
  id: "rollout-step-limit",
  title: "A stage moves no more requests to the candidate than the limit",
  area: "rollout",
  severity: "critical",
  frameworks: [soc2("CC8.1"), soc2("A1.2"), iso27001("A.8.32"), soc2("CC9.1")],
  why: "A step from 0 to 100 % shows every mistake to every pupil at once.",
  fix: "Shift in smaller steps, or raise maxStepPercent. The way back is never limited.",
  scope: "stacks",
  types: [STACK],
  settings: ["maxStepPercent"],
  // Only the traffic layer's outputs say which color is the candidate; without what was before there is no step.
  applies: (stack, { before }) => before?.byUrn(stack.urn) !== undefined && stack.has("traffic.facts.active"),
  check(stack, { report, each, before, settings }) {
    const old = before?.byUrn(stack.urn);
    const most = settings.maxStepPercent ?? DEFAULT_STEP_PERCENT;
    const candidate = stack.text("traffic.facts.active") === "blue" ? "green" : "blue";
    each(stack.keys("traffic.regions"), (region) => {
      const path = `traffic.regions.${region}.weights.${candidate}`;
      const step = (stack.number(path) ?? 0) - (old?.number(path) ?? 0);
      if (step > most) {
        report(`${candidate} goes up by ${step} % in ${region}, more than ${most} %`);
      }
    });
  },
};
