import { gdpr, iso27001, soc2 } from "../../frameworks";
import type { Node } from "../../node";
import type { ResourceRule } from "../../rule";
import { LISTENER, LISTENER_RULE } from "../support/types";

/** Actions that split requests. */
function forwards(rule: Node): Node[] {
  return [...rule.nodes("actions[*].forward"), ...rule.nodes("defaultActions[*].forward")];
}

export const weightsAddUp: ResourceRule = {
  id: "weights-add-up",
  title: "The weights of a router add up, and somebody is served",
  area: "rollout",
  severity: "critical",
  frameworks: [soc2("CC8.1"), soc2("A1.2"), iso27001("A.8.32"), gdpr("32(1)(b)")],
  why: "Weights that are no shares are misread in the night of a release; weights of 0 everywhere serve nobody.",
  fix: "Let the weights of a forward action add up to 100, or to 1000 for tenths (999:1 for the finest step).",
  scope: "resource",
  types: [LISTENER, LISTENER_RULE],
  applies: (rule) => forwards(rule).length > 0,
  check(rule, { report, each }) {
    each(forwards(rule), (forward) => {
      const weights = forward.list("targetGroups").map((group) => group.number("weight") ?? 1);
      const total = weights.reduce((one, other) => one + other, 0);
      if (total === 0) {
        report(`${forward.path}: every weight is 0, nobody is served`);
      } else if (weights.length > 1 && total !== 100 && total !== 1000) {
        report(`${forward.path}: the weights add up to ${total}, not to 100 or 1000`);
      }
    });
  },
};
