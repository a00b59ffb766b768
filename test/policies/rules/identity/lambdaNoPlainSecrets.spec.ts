import { lambdaNoPlainSecrets } from "../../../../policies/rules/identity/lambdaNoPlainSecrets";
import { describeRule, HIDDEN } from "../../support/cases";
import { draft, secret, unknown } from "../../support/draft";

const FUNCTION = "aws:lambda/function:Function";
const variables = (values: any) => draft(FUNCTION, { environment: { variables: values } });

describeRule(lambdaNoPlainSecrets, {
  passes: [
    {
      what: "where a secret is",
      resources: [variables({ DB_PASSWORD_ARN: "arn:aws:secretsmanager:x", STAGE: "blue" })],
    },
  ],
  fails: [
    { what: "by its name", resources: [variables({ DB_PASSWORD: HIDDEN })], message: /DB_PASSWORD/ },
    { what: "by its form", resources: [variables({ EXTRA: "AKIAIOSFODNN7EXAMPLE" })], message: /EXTRA/ },
  ],
  boundary: [
    { what: "the name of a secret", resources: [variables({ SECRET_NAME: "database" })], expect: "passed" },
    { what: "a switch about tokens", resources: [variables({ REQUIRE_TOKEN: "true" })], expect: "passed" },
  ],
  absent: [{ what: "no variables", resources: [draft(FUNCTION, {})], expect: "notApplicable" }],
  unknown: [{ what: "a value", resources: [variables({ API_KEY: unknown })] }],
  secret: [
    {
      what: "a secret value is encrypted in state",
      resources: [variables({ API_KEY: secret(HIDDEN) })],
      expect: "passed",
    },
  ],
  notApplicable: [{ what: "no environment", resources: [draft(FUNCTION, { runtime: "nodejs22.x" })] }],
});
