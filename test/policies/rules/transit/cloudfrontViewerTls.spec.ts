import { cloudfrontViewerTls } from "../../../../policies/rules/transit/cloudfrontViewerTls";
import { DISTRIBUTION } from "../../../../policies/rules/support/types";
import { describeRule, valuesOf } from "../../support/cases";
import { draft } from "../../support/draft";

describeRule(cloudfrontViewerTls, {
  ...valuesOf({
    type: DISTRIBUTION,
    path: "viewerCertificate.minimumProtocolVersion",
    good: ["TLSv1.2_2021", "TLSv1.3_2025"],
    bad: ["TLSv1", "TLSv1.1_2016"],
  }),
  boundary: [
    {
      what: "TLSv1.2_2019 has weak ciphers",
      resources: [draft(DISTRIBUTION, { viewerCertificate: { minimumProtocolVersion: "TLSv1.2_2019" } })],
      expect: "violated",
    },
    {
      what: "CloudFront's own certificate",
      resources: [
        draft(DISTRIBUTION, {
          viewerCertificate: { cloudfrontDefaultCertificate: true, minimumProtocolVersion: "TLSv1.2_2021" },
        }),
      ],
      expect: "violated",
    },
  ],
});
