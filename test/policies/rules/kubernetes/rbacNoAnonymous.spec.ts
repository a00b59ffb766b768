import { rbacNoAnonymous } from "../../../../policies/rules/kubernetes/rbacNoAnonymous";
import { describeRule } from "../../support/cases";
import { secret, unknown } from "../../support/draft";
import { binding, role } from "./fixtures";

describeRule(rbacNoAnonymous, {
  passes: [{ what: "a group of people", resources: [binding()] }],
  fails: ["system:anonymous", "system:unauthenticated", "system:authenticated", "system:serviceaccounts"].map(
    (name) => ({
      what: name,
      resources: [binding({ "subjects[1]": { kind: "Group", name } })],
      message: /subjects\[1\]/,
    }),
  ),
  boundary: [
    {
      what: "the service accounts of one namespace",
      resources: [binding({ "subjects[0].name": "system:serviceaccounts:school" })],
      expect: "passed",
    },
  ],
  absent: [{ what: "nobody", resources: [binding({ subjects: undefined })], expect: "passed" }],
  unknown: [{ what: "a subject that is not known yet", resources: [binding({ "subjects[0].name": unknown })] }],
  secret: [
    {
      what: "a secret is read",
      resources: [binding({ "subjects[0].name": secret("system:anonymous") })],
      expect: "violated",
    },
  ],
  notApplicable: [{ what: "a role", resources: [role()] }],
});
