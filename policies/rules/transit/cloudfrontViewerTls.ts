import { coppa, gdpr, iso27001, soc2 } from "../../frameworks";
import type { ResourceRule } from "../../rule";
import { DISTRIBUTION } from "../support/types";

export const cloudfrontViewerTls: ResourceRule = {
  id: "cloudfront-viewer-tls",
  title: "CloudFront speaks TLS 1.2 or later to viewers",
  area: "transit",
  severity: "critical",
  frameworks: [gdpr("32(1)(a)"), coppa("312.8(a)"), soc2("CC6.7"), iso27001("A.8.20"), iso27001("A.8.24")],
  why: "Older protocols can be read by who stands between a pupil and the edge.",
  fix: "Set viewerCertificate.minimumProtocolVersion to TLSv1.2_2021 or later, with a certificate of your own.",
  scope: "resource",
  types: [DISTRIBUTION],
  check(distribution, { report }) {
    if (distribution.flag("viewerCertificate.cloudfrontDefaultCertificate") === true) {
      report("the certificate is CloudFront's default, which allows TLS 1.0");
      return;
    }
    const version = distribution.text("viewerCertificate.minimumProtocolVersion");
    if (version === undefined || !/^TLSv1\.(2_202[1-9]|3_\d{4})$/.test(version)) {
      report(`minimumProtocolVersion is ${version ?? "not set"}, older than TLSv1.2_2021`);
    }
  },
};
