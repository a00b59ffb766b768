import { iso27001, soc2 } from "../../frameworks";
import type { ResourceRule } from "../../rule";
import { LISTENER_RULE } from "../support/types";

export const rollbackTargetKept: ResourceRule = {
  id: "rollback-target-kept",
  title: "The color that does not serve stays behind the router",
  area: "rollout",
  severity: "high",
  frameworks: [soc2("CC8.1"), soc2("A1.2"), iso27001("A.8.32"), soc2("CC7.5")],
  why: "A rollback to a color that is gone is a new deployment, in the middle of an incident.",
  fix: "Keep both target groups in the forward action, the one that does not serve with weight 0.",
  scope: "resource",
  types: [LISTENER_RULE],
  applies: (rule) => rule.nodes("actions[*].forward").length > 0,
  check(rule, { report, each }) {
    each(rule.nodes("actions[*].forward"), (forward) => {
      const count = forward.list("targetGroups").length;
      if (count < 2) {
        report(`${forward.path} names ${count} target group${count === 1 ? "" : "s"}: there is nothing to go back to`);
      }
    });
  },
};
