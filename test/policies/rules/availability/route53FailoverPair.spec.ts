import { route53FailoverPair } from "../../../../policies/rules/availability/route53FailoverPair";
import { RECORD } from "../../../../policies/rules/support/types";
import { describeRule } from "../../support/cases";
import { draft, unknown } from "../../support/draft";

const record = (kind: string, inputs: any = {}) =>
  draft(
    RECORD,
    { name: "a.example.com", type: "A", failoverRoutingPolicies: [{ type: kind }], ...inputs },
    { name: kind },
  );

describeRule(route53FailoverPair, {
  passes: [
    { what: "a pair", resources: [record("PRIMARY", { healthCheckId: "check" }), record("SECONDARY")] },
    {
      what: "an alias that looks at its target",
      resources: [record("PRIMARY", { aliases: [{ evaluateTargetHealth: true }] }), record("SECONDARY")],
    },
  ],
  fails: [
    { what: "half of a pair", resources: [record("PRIMARY", { healthCheckId: "check" })], message: /SECONDARY/ },
    { what: "no check", resources: [record("PRIMARY"), record("SECONDARY")], message: /health check/ },
  ],
  boundary: [
    {
      what: "the other half under another type",
      resources: [record("PRIMARY", { healthCheckId: "check" }), record("SECONDARY", { type: "AAAA" })],
      expect: "violated",
    },
  ],
  absent: [{ what: "no primary", resources: [record("SECONDARY")] }],
  unknown: [
    {
      what: "the health check: it has one",
      resources: [record("PRIMARY", { healthCheckId: unknown }), record("SECONDARY")],
      expect: "passed",
    },
  ],
  secret: { none: "nothing of it is a secret" },
  notApplicable: [{ what: "a record that does not fail over", resources: [draft(RECORD, { name: "x", type: "A" })] }],
});
