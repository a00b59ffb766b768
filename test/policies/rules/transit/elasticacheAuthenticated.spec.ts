import { elasticacheAuthenticated } from "../../../../policies/rules/transit/elasticacheAuthenticated";
import { CACHE } from "../../../../policies/rules/support/types";
import { describeRule, HIDDEN, valuesOf } from "../../support/cases";
import { draft, secret } from "../../support/draft";

describeRule(elasticacheAuthenticated, {
  ...valuesOf({ type: CACHE, path: "userGroupIds", good: [["workloads"]], bad: [[]] }),
  secret: [{ what: "a token", resources: [draft(CACHE, { authToken: secret(HIDDEN) })], expect: "passed" }],
});
