import { iso27001, soc2 } from "../../frameworks";
import type { Node } from "../../node";
import type { GraphRule } from "../../rule";
import { LISTENER_RULE } from "../support/types";

/** The share of each target group, in percent. */
function shares(rule: Node): [string, number][] {
  const groups = rule.nodes("actions[*].forward.targetGroups[*]");
  const total = groups.reduce((sum, group) => sum + (group.number("weight") ?? 1), 0);
  return total === 0
    ? []
    : groups.map((group) => [group.text("arn") ?? "", (100 * (group.number("weight") ?? 1)) / total]);
}

export const rolloutStepLimit: GraphRule = {
  id: "rollout-step-limit",
  title: "A stage moves no more requests than the limit",
  area: "rollout",
  severity: "critical",
  frameworks: [soc2("CC8.1"), soc2("A1.2"), iso27001("A.8.32"), soc2("CC9.1")],
  why: "A step from 0 to 100 % shows every mistake to every pupil at once.",
  fix: "Shift in smaller steps, or raise maxStepPercent. A way back may be of any size.",
  scope: "stack",
  types: [LISTENER_RULE],
  settings: ["maxStepPercent"],
  // Without what was before there is no step.
  applies: (rule, { before }) => before?.byUrn(rule.urn) !== undefined && shares(rule).length > 1,
  check(rule, { report, each, before, settings }) {
    const old = before?.byUrn(rule.urn);
    each(old === undefined ? [] : shares(rule), ([group, share]) => {
      const step = share - (new Map(shares(old!)).get(group) ?? 0);
      const isCandidate = (new Map(shares(old!)).get(group) ?? 0) < 50;
      if (isCandidate && step > settings.maxStepPercent) {
        report(`a target group goes up by ${Math.round(10 * step) / 10} %, more than ${settings.maxStepPercent} %`);
      }
    });
  },
};
