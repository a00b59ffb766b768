import { headerSecret } from "../../../../policies/rules/cloudflare/headerSecret";
import { describeRule, HIDDEN } from "../../support/cases";
import { encrypted, secret, unknown } from "../../support/draft";
import { headerRule, managedRules, monitor } from "./fixtures";

const HEADERS = "rules[0].actionParameters.headers";

describeRule(headerSecret, {
  passes: [
    { what: "headers of a health check", resources: [monitor()] },
    { what: "headers that a rule sets", resources: [headerRule()] },
    { what: "a header that proves nothing", resources: [monitor({ "header.x-region": ["EU"] })] },
  ],
  fails: [
    {
      what: "a header of a health check",
      resources: [monitor({ "header.x-origin-verify": [HIDDEN] })],
      message: /x-origin-verify/,
    },
    { what: "one of two values", resources: [monitor({ "header.Authorization": [secret(HIDDEN), "Bearer other"] })] },
    {
      what: "a header that a rule sets",
      resources: [headerRule({ [`${HEADERS}["x-origin-verify"].value`]: HIDDEN })],
      message: /x-origin-verify/,
    },
  ],
  boundary: [
    {
      what: "a header that is removed has no value",
      resources: [headerRule({ [`${HEADERS}["x-origin-verify"]`]: { operation: "remove" } })],
      expect: "notApplicable",
    },
    { what: "an empty value", resources: [monitor({ "header.x-origin-verify": [""] })], expect: "violated" },
  ],
  absent: [{ what: "no headers", resources: [monitor({ header: undefined })], expect: "notApplicable" }],
  unknown: [{ what: "a value that is not known yet", resources: [monitor({ "header.x-origin-verify": [unknown] })] }],
  secret: [
    {
      what: "only the ciphertext is there",
      resources: [monitor({ "header.x-origin-verify": [encrypted()] })],
      expect: "passed",
    },
    {
      what: "the whole header",
      resources: [monitor({ "header.x-origin-verify": secret([HIDDEN]) })],
      expect: "passed",
    },
  ],
  notApplicable: [
    {
      what: "all headers together are a secret",
      resources: [monitor({ header: secret({ "x-origin-verify": [HIDDEN] }) })],
    },
    { what: "rules that set no header", resources: [managedRules()] },
  ],
});
