import { rbacNoEscalation } from "../../../../policies/rules/kubernetes/rbacNoEscalation";
import { describeRule } from "../../support/cases";
import { secret, unknown } from "../../support/draft";
import { binding, role } from "./fixtures";

describeRule(rbacNoEscalation, {
  passes: [{ what: "what is needed", resources: [role()] }],
  fails: [
    ...["bind", "escalate", "impersonate"].map((verb) => ({
      what: verb,
      resources: [role({ "rules[0].verbs[2]": verb })],
      message: new RegExp(verb),
    })),
    ...["pods/exec", "pods/attach", "nodes/proxy"].map((resource) => ({
      what: resource,
      resources: [role({ "rules[0].resources": [resource] })],
    })),
  ],
  boundary: [{ what: "logs of pods", resources: [role({ "rules[0].resources": ["pods/log"] })], expect: "passed" }],
  absent: [{ what: "no rules", resources: [role({ rules: undefined })], expect: "passed" }],
  unknown: [{ what: "verbs that are not known yet", resources: [role({ "rules[0].verbs": unknown })] }],
  secret: [{ what: "a secret is read", resources: [role({ "rules[0].verbs": secret(["bind"]) })], expect: "violated" }],
  notApplicable: [{ what: "a binding", resources: [binding()] }],
});
