import { rollbackTargetKept } from "../../../../policies/rules/rollout/rollbackTargetKept";
import { LISTENER_RULE } from "../../../../policies/rules/support/types";
import { describeRule } from "../../support/cases";
import { draft, unknown } from "../../support/draft";

const groups = (...names: string[]) =>
  draft(LISTENER_RULE, { actions: [{ forward: { targetGroups: names.map((arn) => ({ arn, weight: 50 })) } }] });

describeRule(rollbackTargetKept, {
  passes: [{ what: "both", resources: [groups("blue", "green")] }],
  fails: [{ what: "one", resources: [groups("green")] }],
  boundary: [{ what: "none", resources: [groups()], expect: "violated" }],
  absent: [{ what: "no list", resources: [draft(LISTENER_RULE, { actions: [{ forward: { stickiness: {} } }] })] }],
  unknown: [
    { what: "the list", resources: [draft(LISTENER_RULE, { actions: [{ forward: { targetGroups: unknown } }] })] },
  ],
  secret: { none: "nothing of it is a secret" },
  notApplicable: [
    {
      what: "a rule for one color",
      resources: [draft(LISTENER_RULE, { actions: [{ type: "forward", targetGroupArn: "arn:blue" }] })],
    },
  ],
});
