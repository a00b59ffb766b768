import { iamNoUsers } from "../../../../policies/rules/identity/iamNoUsers";
import { ROLE } from "../../../../policies/rules/support/types";
import { describeRule, HIDDEN } from "../../support/cases";
import { draft, secret, unknown } from "../../support/draft";

describeRule(iamNoUsers, {
  passes: { none: "a user is what it forbids" },
  fails: [
    { what: "a user", resources: [draft("aws:iam/user:User", {})] },
    { what: "a key", resources: [draft("aws:iam/accessKey:AccessKey", { user: unknown })] },
  ],
  boundary: { none: "there is no limit" },
  absent: [{ what: "a user that says nothing", resources: [draft("aws:iam/user:User", {})] }],
  unknown: [
    {
      what: "the name of a user: it is one all the same",
      resources: [draft("aws:iam/user:User", { name: unknown })],
      expect: "violated",
    },
  ],
  secret: [
    { what: "a secret name", resources: [draft("aws:iam/user:User", { name: secret(HIDDEN) })], expect: "violated" },
  ],
  notApplicable: [{ what: "a role", resources: [draft(ROLE, {})] }],
});
