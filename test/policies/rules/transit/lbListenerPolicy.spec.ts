import { lbListenerPolicy } from "../../../../policies/rules/transit/lbListenerPolicy";
import { LISTENER } from "../../../../policies/rules/support/types";
import { describeRule, valuesOf } from "../../support/cases";
import { draft } from "../../support/draft";

describeRule(
  lbListenerPolicy,
  valuesOf({
    type: LISTENER,
    base: { protocol: "HTTPS" },
    path: "sslPolicy",
    good: ["ELBSecurityPolicy-TLS13-1-2-Res-2021-06", "ELBSecurityPolicy-TLS13-1-3-2021-06"],
    bad: ["ELBSecurityPolicy-2016-08", "ELBSecurityPolicy-TLS13-1-0-2021-06"],
    notApplicable: [{ what: "HTTP", resources: [draft(LISTENER, { protocol: "HTTP" })] }],
  }),
);
