import { targetGroupHealthCheck } from "../../../../policies/rules/availability/targetGroupHealthCheck";
import { TARGET_GROUP } from "../../../../policies/rules/support/types";
import { describeRule, valuesOf } from "../../support/cases";
import { draft } from "../../support/draft";

describeRule(targetGroupHealthCheck, {
  ...valuesOf({
    type: TARGET_GROUP,
    base: { protocol: "HTTP", healthCheck: { interval: 10, unhealthyThreshold: 3 } },
    path: "healthCheck.path",
    good: ["/health/ready"],
    bad: [null],
    notApplicable: [{ what: "a function", resources: [draft(TARGET_GROUP, { targetType: "lambda" })] }],
  }),
  boundary: [
    {
      what: "60 s",
      resources: [draft(TARGET_GROUP, { healthCheck: { path: "/", interval: 20, unhealthyThreshold: 3 } })],
      expect: "passed",
    },
    {
      what: "63 s",
      resources: [draft(TARGET_GROUP, { healthCheck: { path: "/", interval: 21, unhealthyThreshold: 3 } })],
      expect: "violated",
    },
    {
      what: "switched off",
      resources: [draft(TARGET_GROUP, { healthCheck: { enabled: false, path: "/", interval: 10 } })],
      expect: "violated",
    },
  ],
});
