import { secretRotation } from "../../../../policies/rules/identity/secretRotation";
import { SECRET } from "../../../../policies/rules/support/types";
import { describeRule } from "../../support/cases";
import { draft, secret, unknown } from "../../support/draft";

const IT = draft(SECRET, {}, { name: "secret", outputs: { arn: "arn:secret" } });
const rotation = (rotationRules: any) =>
  draft(
    "aws:secretsmanager/secretRotation:SecretRotation",
    { secretId: "arn:secret", rotationRules },
    { name: "rotation" },
  );

describeRule(secretRotation, {
  passes: [
    { what: "monthly", resources: [IT, rotation({ automaticallyAfterDays: 30 })] },
    { what: "by a schedule", resources: [IT, rotation({ scheduleExpression: "rate(10 days)" })] },
  ],
  fails: [{ what: "yearly", resources: [IT, rotation({ automaticallyAfterDays: 365 })], message: /365/ }],
  boundary: [
    { what: "90 days", resources: [IT, rotation({ automaticallyAfterDays: 90 })], expect: "passed" },
    { what: "91 days", resources: [IT, rotation({ automaticallyAfterDays: 91 })], expect: "violated" },
  ],
  absent: [{ what: "none", resources: [IT] }],
  unknown: [{ what: "the interval", resources: [IT, rotation({ automaticallyAfterDays: unknown })] }],
  secret: [
    { what: "a secret interval", resources: [IT, rotation(secret({ automaticallyAfterDays: 30 }))], expect: "passed" },
  ],
  notApplicable: { none: "it applies to every secret" },
});
