import { lbAccessLogs } from "../../../../policies/rules/logging/lbAccessLogs";
import { LOAD_BALANCER } from "../../../../policies/rules/support/types";
import { describeRule, valuesOf } from "../../support/cases";

describeRule(
  lbAccessLogs,
  valuesOf({
    type: LOAD_BALANCER,
    base: { accessLogs: { bucket: "logs" } },
    path: "accessLogs.enabled",
    good: [true],
    bad: [false],
  }),
);
