import { secretValuesMarked } from "../../../../policies/rules/identity/secretValuesMarked";
import { DATABASE } from "../../../../policies/rules/support/types";
import { describeRule, HIDDEN } from "../../support/cases";
import { draft, encrypted, secret, unknown } from "../../support/draft";

describeRule(secretValuesMarked, {
  passes: [{ what: "a secret password", resources: [draft(DATABASE, { password: secret(HIDDEN) })] }],
  fails: [{ what: "a password in clear", resources: [draft(DATABASE, { password: HIDDEN })] }],
  boundary: [
    {
      what: "a secret of which only the ciphertext is there",
      resources: [draft(DATABASE, { password: encrypted() })],
      expect: "passed",
    },
    {
      what: "inside of a secret object",
      resources: [draft("aws:elasticache/user:User", { authenticationMode: secret({ passwords: [HIDDEN] }) })],
      expect: "passed",
    },
  ],
  absent: [{ what: "no password", resources: [draft(DATABASE, {})], expect: "notApplicable" }],
  unknown: [{ what: "a password that is not known yet", resources: [draft(DATABASE, { password: unknown })] }],
  secret: [
    {
      what: "a password that is not known yet, and secret",
      resources: [draft(DATABASE, { password: secret(unknown) })],
      expect: "passed",
    },
  ],
  notApplicable: [{ what: "AWS manages it", resources: [draft(DATABASE, { manageMasterUserPassword: true })] }],
});
