import { rbacNoWildcard } from "../../../../policies/rules/kubernetes/rbacNoWildcard";
import { describeRule } from "../../support/cases";
import { secret, unknown } from "../../support/draft";
import { binding, role } from "./fixtures";

describeRule(rbacNoWildcard, {
  passes: [{ what: "what is needed", resources: [role()] }],
  fails: ["verbs", "resources", "apiGroups", "nonResourceURLs"].map((field) => ({
    what: field,
    resources: [role({ [`rules[0].${field}`]: ["*"] })],
    message: new RegExp(field),
  })),
  boundary: [
    { what: "all subresources", resources: [role({ "rules[0].resources": ["pods/*"] })], expect: "violated" },
    { what: "the core group is empty, not all", resources: [role({ "rules[0].apiGroups": [""] })], expect: "passed" },
  ],
  absent: [{ what: "no rules", resources: [role({ rules: undefined })], expect: "passed" }],
  unknown: [
    { what: "verbs that are not known yet", resources: [role({ "rules[0].verbs": unknown })] },
    {
      what: "other fields are wide all the same",
      resources: [role({ "rules[0].verbs": unknown, "rules[0].resources": ["*"] })],
      expect: "violated",
    },
  ],
  secret: [{ what: "a secret is read", resources: [role({ "rules[0].verbs": secret(["*"]) })], expect: "violated" }],
  notApplicable: [{ what: "a binding", resources: [binding()] }],
});
