import { weightsWithoutStickiness } from "../../../../policies/rules/rollout/weightsWithoutStickiness";
import { LISTENER_RULE } from "../../../../policies/rules/support/types";
import { describeRule, valuesOf } from "../../support/cases";

describeRule(
  weightsWithoutStickiness,
  valuesOf({
    type: LISTENER_RULE,
    base: { actions: [{ forward: {} }] },
    path: "actions[0].forward.stickiness.enabled",
    good: [false],
    bad: [true],
    absent: "passed",
  }),
);
