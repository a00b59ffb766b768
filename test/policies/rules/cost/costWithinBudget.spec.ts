import { costInputs } from "../../../../cost/inputs";
import { costWithinBudget } from "../../../../policies/rules/cost/costWithinBudget";
import { CACHE, CLUSTER } from "../../../../policies/rules/support/types";
import { costSchema } from "../../../../stacks/config/cost";
import type { ValueMap } from "../../../../pulumi/values";
import { describeRule } from "../../support/cases";
import { draft, secret, unknown } from "../../support/draft";
import { inRegion } from "../aws";

/** 0.10 USD an hour, 73 in a month of 730 hours. */
const cluster = draft(CLUSTER, {}, { name: "cluster", ...inRegion("us-east-1") });
const cache = draft(CACHE, { nodeType: unknown }, { name: "cache", ...inRegion("us-east-1") });
const budget = (inputs: ValueMap) =>
  draft(
    "aws:budgets/budget:Budget",
    { budgetType: "COST", timeUnit: "MONTHLY", limitUnit: "USD", ...inputs },
    { name: "budget" },
  );
const cost = costInputs(costSchema.parse({ students: 1 }), { "us-east-1": { share: 100 } });
const one = (what: string, inputs: ValueMap) => ({ what, resources: [cluster, budget(inputs)], cost });

describeRule(costWithinBudget, {
  passes: [one("far above", { limitAmount: "1000" })],
  fails: [
    {
      ...one("far below", { limitAmount: "10" }),
      message: /^budget alarms at 10 USD a month, and what is planned on AWS costs 73$/,
    },
  ],
  boundary: [
    { ...one("exactly", { limitAmount: "73" }), expect: "passed" },
    { ...one("a dollar less", { limitAmount: "72" }), expect: "violated" },
  ],
  absent: [{ ...one("no amount", {}), expect: "notApplicable" }],
  unknown: [
    one("the amount", { limitAmount: unknown }),
    { what: "what may cost more", resources: [cluster, cache, budget({ limitAmount: "73" })], cost },
  ],
  secret: [
    { ...one("an amount that is enough", { limitAmount: secret("1000") }), expect: "passed" },
    { ...one("one that is not", { limitAmount: secret("10") }), expect: "violated" },
  ],
  notApplicable: [
    { what: "a stack whose config says nothing of students", resources: [cluster, budget({ limitAmount: "10" })] },
    one("a budget of one service", { limitAmount: "10", costFilters: [{ name: "Service", values: ["Amazon EC2"] }] }),
    one("a budget of a day", { limitAmount: "10", timeUnit: "DAILY" }),
  ],
});
