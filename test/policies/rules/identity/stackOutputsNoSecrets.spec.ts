import { stackOutputsNoSecrets } from "../../../../policies/rules/identity/stackOutputsNoSecrets";
import { STACK } from "../../../../policies/rules/support/types";
import { describeRule, HIDDEN } from "../../support/cases";
import { draft, secret, unknown } from "../../support/draft";

const stack = (outputs: any) => draft(STACK, {}, { outputs });

describeRule(stackOutputsNoSecrets, {
  passes: [
    {
      what: "addresses and ARNs",
      resources: [stack({ url: "https://example.com", secretArn: "arn:aws:x", nested: { tokenPath: "a/b" } })],
    },
  ],
  fails: [
    { what: "a password", resources: [stack({ password: HIDDEN })], message: /password/ },
    {
      what: "inside of an object",
      resources: [stack({ database: { adminPassword: HIDDEN } })],
      message: /adminPassword/,
    },
  ],
  boundary: [
    { what: "inside of a list", resources: [stack({ keys: ["-----BEGIN PRIVATE KEY-----"] })], expect: "violated" },
  ],
  absent: [{ what: "no outputs", resources: [stack({})], expect: "notApplicable" }],
  unknown: [{ what: "an output", resources: [stack({ password: unknown })], expect: "passed" }],
  secret: [{ what: "a secret output", resources: [stack({ password: secret(HIDDEN) })], expect: "passed" }],
  notApplicable: [{ what: "no outputs", resources: [stack({})] }],
});
