import { lbListenerTls } from "../../../../policies/rules/transit/lbListenerTls";
import { LISTENER } from "../../../../policies/rules/support/types";
import { describeRule, valuesOf } from "../../support/cases";
import { draft } from "../../support/draft";

describeRule(lbListenerTls, {
  ...valuesOf({
    type: LISTENER,
    base: { defaultActions: [{ type: "forward" }] },
    path: "protocol",
    good: ["HTTPS", "TLS"],
    bad: ["HTTP", "TCP"],
    notApplicable: [{ what: "GENEVE", resources: [draft(LISTENER, { protocol: "GENEVE" })] }],
  }),
  boundary: [
    {
      what: "a redirect to HTTPS",
      resources: [
        draft(LISTENER, { protocol: "HTTP", defaultActions: [{ type: "redirect", redirect: { protocol: "HTTPS" } }] }),
      ],
      expect: "passed",
    },
    {
      what: "a redirect to HTTP",
      resources: [
        draft(LISTENER, { protocol: "HTTP", defaultActions: [{ type: "redirect", redirect: { protocol: "HTTP" } }] }),
      ],
      expect: "violated",
    },
  ],
});
