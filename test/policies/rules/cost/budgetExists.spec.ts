import { budgetExists } from "../../../../policies/rules/cost/budgetExists";
import { VPC, ROLE } from "../../../../policies/rules/support/types";
import { describeRule } from "../../support/cases";
import { draft, unknown } from "../../support/draft";
import { inRegion } from "../aws";

const BUDGET = "aws:budgets/budget:Budget";
const NETWORK = draft(VPC, {}, { name: "network", ...inRegion("us-east-1") });

describeRule(budgetExists, {
  passes: [
    {
      what: "with notifications",
      resources: [NETWORK, draft(BUDGET, { notifications: [{ threshold: 80 }] }, { name: "budget" })],
    },
  ],
  fails: [{ what: "that tells nobody", resources: [NETWORK, draft(BUDGET, {}, { name: "budget" })] }],
  boundary: { none: "the amount is the owner's choice" },
  absent: [{ what: "none", resources: [NETWORK] }],
  unknown: [
    { what: "the notifications", resources: [NETWORK, draft(BUDGET, { notifications: unknown }, { name: "budget" })] },
  ],
  secret: { none: "nothing of it is a secret" },
  notApplicable: [{ what: "a stack without regional resources", resources: [draft(ROLE, {})] }],
});
