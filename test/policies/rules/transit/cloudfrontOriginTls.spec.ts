import { cloudfrontOriginTls } from "../../../../policies/rules/transit/cloudfrontOriginTls";
import { DISTRIBUTION } from "../../../../policies/rules/support/types";
import { describeRule, valuesOf } from "../../support/cases";
import { draft } from "../../support/draft";

describeRule(cloudfrontOriginTls, {
  ...valuesOf({
    type: DISTRIBUTION,
    base: { origins: [{ customOriginConfig: { originSslProtocols: ["TLSv1.2"] } }] },
    path: "origins[0].customOriginConfig.originProtocolPolicy",
    good: ["https-only"],
    bad: ["match-viewer"],
    notApplicable: [{ what: "a bucket", resources: [draft(DISTRIBUTION, { origins: [{ originId: "assets" }] })] }],
  }),
  boundary: [
    {
      what: "an old protocol among them",
      resources: [
        draft(DISTRIBUTION, {
          origins: [
            { customOriginConfig: { originProtocolPolicy: "https-only", originSslProtocols: ["TLSv1.1", "TLSv1.2"] } },
          ],
        }),
      ],
      expect: "violated",
    },
  ],
});
