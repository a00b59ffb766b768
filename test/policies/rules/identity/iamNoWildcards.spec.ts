import { iamNoWildcards } from "../../../../policies/rules/identity/iamNoWildcards";
import { ROLE } from "../../../../policies/rules/support/types";
import { describeRule } from "../../support/cases";
import { draft, secret, unknown } from "../../support/draft";
import { policy } from "../aws";

const POLICY = "aws:iam/rolePolicy:RolePolicy";
const one = (statement: object) => draft(POLICY, { policy: policy(statement) });

describeRule(iamNoWildcards, {
  passes: [
    { what: "named actions", resources: [one({ Effect: "Allow", Action: "s3:GetObject", Resource: "*" })] },
    { what: "everything, denied", resources: [one({ Effect: "Deny", Action: "*", Resource: "*" })] },
  ],
  fails: [
    { what: "everything", resources: [one({ Effect: "Allow", Action: ["*"], Resource: ["*"] })] },
    { what: "everything but", resources: [one({ Effect: "Allow", NotAction: "iam:*", Resource: "*" })] },
    {
      what: "one statement that is in no list",
      resources: [
        draft(POLICY, { policy: JSON.stringify({ Statement: { Effect: "Allow", Action: "*", Resource: "*" } }) }),
      ],
    },
    {
      what: "inside of a role",
      resources: [
        draft(ROLE, { inlinePolicies: [{ policy: policy({ Effect: "Allow", Action: "*", Resource: "*" }) }] }),
      ],
    },
  ],
  boundary: [
    {
      what: "every action on one resource",
      resources: [one({ Effect: "Allow", Action: "*", Resource: "arn:aws:s3:::x" })],
      expect: "passed",
    },
    {
      what: "every action of one service",
      resources: [one({ Effect: "Allow", Action: "s3:*", Resource: "*" })],
      expect: "passed",
    },
  ],
  absent: { none: "a policy without a document is none" },
  unknown: [{ what: "the document", resources: [draft(POLICY, { policy: unknown })] }],
  secret: [
    {
      what: "a secret document",
      resources: [draft(POLICY, { policy: secret(policy({ Effect: "Allow", Action: "*", Resource: "*" })) })],
      expect: "violated",
    },
  ],
  notApplicable: [{ what: "a role without policies of its own", resources: [draft(ROLE, {})] }],
});
