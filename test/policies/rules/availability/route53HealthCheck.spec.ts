import { route53HealthCheck } from "../../../../policies/rules/availability/route53HealthCheck";
import { HEALTH_CHECK } from "../../../../policies/rules/support/types";
import { describeRule, valuesOf } from "../../support/cases";
import { draft } from "../../support/draft";

describeRule(route53HealthCheck, {
  ...valuesOf({
    type: HEALTH_CHECK,
    base: { type: "HTTPS", resourcePath: "/ready", requestInterval: 10 },
    path: "failureThreshold",
    good: [1, 3],
    bad: [5],
    absent: "passed",
    within: 3,
    beyond: 4,
    notApplicable: [{ what: "a check of checks", resources: [draft(HEALTH_CHECK, { type: "CALCULATED" })] }],
  }),
  fails: [
    {
      what: "in clear",
      resources: [draft(HEALTH_CHECK, { type: "HTTP", resourcePath: "/ready", requestInterval: 10 })],
      message: /not HTTPS/,
    },
    {
      what: "every 30 seconds",
      resources: [draft(HEALTH_CHECK, { type: "HTTPS", resourcePath: "/ready", requestInterval: 30 })],
      message: /requestInterval/,
    },
    {
      what: "the front page",
      resources: [draft(HEALTH_CHECK, { type: "HTTPS", requestInterval: 10 })],
      message: /resourcePath/,
    },
  ],
});
