import { weightsAddUp } from "../../../../policies/rules/rollout/weightsAddUp";
import { LISTENER_RULE } from "../../../../policies/rules/support/types";
import { describeRule } from "../../support/cases";
import { draft, secret, unknown } from "../../support/draft";

const split = (...weights: any[]) =>
  draft(LISTENER_RULE, {
    actions: [{ forward: { targetGroups: weights.map((weight, index) => ({ arn: `arn:${index}`, weight })) } }],
  });

describeRule(weightsAddUp, {
  passes: [
    { what: "63:37", resources: [split(63, 37)] },
    { what: "tenths", resources: [split(999, 1)] },
    { what: "all to one", resources: [split(100, 0)] },
  ],
  fails: [
    { what: "99", resources: [split(50, 49)], message: /99/ },
    { what: "nobody is served", resources: [split(0, 0)], message: /nobody/ },
  ],
  boundary: [
    { what: "100", resources: [split(1, 99)], expect: "passed" },
    { what: "101", resources: [split(2, 99)], expect: "violated" },
    { what: "1001", resources: [split(999, 2)], expect: "violated" },
    { what: "one group needs no share", resources: [split(1)], expect: "passed" },
  ],
  absent: [
    {
      what: "weights that are not set are 1 each",
      resources: [draft(LISTENER_RULE, { actions: [{ forward: { targetGroups: [{ arn: "a" }, { arn: "b" }] } }] })],
    },
  ],
  unknown: [{ what: "a weight", resources: [split(unknown, 37)] }],
  secret: [{ what: "a secret weight", resources: [split(secret(63), 37)], expect: "passed" }],
  notApplicable: [{ what: "a redirect", resources: [draft(LISTENER_RULE, { actions: [{ type: "redirect" }] })] }],
});
