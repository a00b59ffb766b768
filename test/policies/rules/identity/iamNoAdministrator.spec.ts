import { iamNoAdministrator } from "../../../../policies/rules/identity/iamNoAdministrator";
import { ROLE } from "../../../../policies/rules/support/types";
import { describeRule, valuesOf } from "../../support/cases";
import { draft } from "../../support/draft";

describeRule(iamNoAdministrator, {
  ...valuesOf({
    type: "aws:iam/rolePolicyAttachment:RolePolicyAttachment",
    path: "policyArn",
    good: ["arn:aws:iam::aws:policy/AmazonEKSWorkerNodePolicy"],
    bad: ["arn:aws:iam::aws:policy/AdministratorAccess"],
    absent: "passed",
    notApplicable: [{ what: "a role without managed policies", resources: [draft(ROLE, {})] }],
  }),
  boundary: [
    {
      what: "in the role itself",
      resources: [draft(ROLE, { managedPolicyArns: ["arn:aws:iam::aws:policy/IAMFullAccess"] })],
      expect: "violated",
    },
    {
      what: "a policy of a similar name",
      resources: [draft(ROLE, { managedPolicyArns: ["arn:aws:iam::1:policy/NoAdministratorAccessHere"] })],
      expect: "passed",
    },
  ],
});
