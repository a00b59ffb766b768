import { deletionProtection } from "../../../../policies/rules/availability/deletionProtection";
import { DATABASE, LOAD_BALANCER } from "../../../../policies/rules/support/types";
import { describeRule, valuesOf } from "../../support/cases";
import { draft } from "../../support/draft";

describeRule(deletionProtection, {
  ...valuesOf({ type: DATABASE, path: "deletionProtection", good: [true], bad: [false] }),
  boundary: [
    {
      what: "a load balancer",
      resources: [draft(LOAD_BALANCER, { enableDeletionProtection: true })],
      expect: "passed",
    },
    {
      what: "a user pool",
      resources: [draft("aws:cognito/userPool:UserPool", { deletionProtection: "ACTIVE" })],
      expect: "passed",
    },
    {
      what: "a user pool without",
      resources: [draft("aws:cognito/userPool:UserPool", { deletionProtection: "INACTIVE" })],
      expect: "violated",
    },
  ],
});
