import { cloudfrontHttpsOnly } from "../../../../policies/rules/transit/cloudfrontHttpsOnly";
import { DISTRIBUTION } from "../../../../policies/rules/support/types";
import { describeRule, valuesOf } from "../../support/cases";
import { draft } from "../../support/draft";

describeRule(cloudfrontHttpsOnly, {
  ...valuesOf({
    type: DISTRIBUTION,
    base: { defaultCacheBehavior: {} },
    path: "defaultCacheBehavior.viewerProtocolPolicy",
    good: ["redirect-to-https", "https-only"],
    bad: ["allow-all"],
  }),
  boundary: [
    {
      what: "one of several behaviors",
      resources: [
        draft(DISTRIBUTION, {
          defaultCacheBehavior: { viewerProtocolPolicy: "https-only" },
          orderedCacheBehaviors: [{ viewerProtocolPolicy: "allow-all" }],
        }),
      ],
      expect: "violated",
      message: /orderedCacheBehaviors\[0\]/,
    },
  ],
});
