import { route53RecoveryTime } from "../../../../policies/rules/availability/route53RecoveryTime";
import { HEALTH_CHECK, RECORD } from "../../../../policies/rules/support/types";
import { describeRule } from "../../support/cases";
import { draft, unknown } from "../../support/draft";

const record = (ttl: number) => draft(RECORD, { name: "a", ttl, healthCheckId: "check-1" });
const check = (requestInterval: any, failureThreshold: number) =>
  draft(HEALTH_CHECK, { requestInterval, failureThreshold }, { name: "check", id: "check-1" });

describeRule(route53RecoveryTime, {
  passes: [{ what: "10 s × 3 + 20 s", resources: [record(20), check(10, 3)] }],
  fails: [{ what: "10 s × 3 + 60 s", resources: [record(60), check(10, 3)], message: /30 s.*60 s/ }],
  boundary: [
    { what: "60 s", resources: [record(30), check(10, 3)], expect: "passed" },
    { what: "61 s", resources: [record(31), check(10, 3)], expect: "violated" },
    {
      what: "a longer promise",
      resources: [record(60), check(10, 3)],
      settings: { recoverySeconds: 90 },
      expect: "passed",
    },
  ],
  absent: [
    {
      what: "the defaults of a check",
      resources: [record(20), draft(HEALTH_CHECK, {}, { name: "check", id: "check-1" })],
    },
  ],
  unknown: [{ what: "the interval", resources: [record(20), check(unknown, 3)] }],
  secret: { none: "nothing of it is a secret" },
  notApplicable: [{ what: "a record without a check", resources: [draft(RECORD, { name: "x", ttl: 300 })] }],
});
