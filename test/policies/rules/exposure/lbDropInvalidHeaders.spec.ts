import { lbDropInvalidHeaders } from "../../../../policies/rules/exposure/lbDropInvalidHeaders";
import { LOAD_BALANCER } from "../../../../policies/rules/support/types";
import { describeRule, valuesOf } from "../../support/cases";
import { draft } from "../../support/draft";

describeRule(lbDropInvalidHeaders, {
  ...valuesOf({
    type: LOAD_BALANCER,
    path: "dropInvalidHeaderFields",
    good: [true],
    bad: [false],
    notApplicable: [
      { what: "a network load balancer", resources: [draft(LOAD_BALANCER, { loadBalancerType: "network" })] },
    ],
  }),
  boundary: [
    {
      what: "only watched",
      resources: [draft(LOAD_BALANCER, { dropInvalidHeaderFields: true, desyncMitigationMode: "monitor" })],
      expect: "violated",
    },
  ],
});
