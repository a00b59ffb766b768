import { nodeGroupUpdate } from "../../../../policies/rules/availability/nodeGroupUpdate";
import { NODE_GROUP } from "../../../../policies/rules/support/types";
import { describeRule, valuesOf } from "../../support/cases";

describeRule(
  nodeGroupUpdate,
  valuesOf({
    type: NODE_GROUP,
    path: "updateConfig.maxUnavailablePercentage",
    good: [25, 33],
    bad: [50],
    within: 34,
    beyond: 35,
  }),
);
