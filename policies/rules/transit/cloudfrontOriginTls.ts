import { coppa, gdpr, iso27001, soc2 } from "../../frameworks";
import type { ResourceRule } from "../../rule";
import { DISTRIBUTION } from "../support/types";

export const cloudfrontOriginTls: ResourceRule = {
  id: "cloudfront-origin-tls",
  title: "CloudFront speaks TLS 1.2 to its origins",
  area: "transit",
  severity: "high",
  frameworks: [gdpr("32(1)(a)"), coppa("312.8(a)"), soc2("CC6.7"), iso27001("A.8.20"), iso27001("A.8.24")],
  why: "The way from the edge to the origin is the open internet.",
  fix: 'Set customOriginConfig.originProtocolPolicy to https-only and originSslProtocols to ["TLSv1.2"].',
  scope: "resource",
  types: [DISTRIBUTION],
  // An origin without it is a bucket, which CloudFront reaches with TLS.
  applies: (distribution) => distribution.nodes("origins[*].customOriginConfig").length > 0,
  check(distribution, { report, each }) {
    each(distribution.nodes("origins[*].customOriginConfig"), (origin) => {
      if (origin.text("originProtocolPolicy") !== "https-only") {
        report(`${origin.path}.originProtocolPolicy is not https-only`);
      }
      if (origin.texts("originSslProtocols").some((protocol) => !["TLSv1.2", "TLSv1.3"].includes(protocol))) {
        report(`${origin.path}.originSslProtocols has one older than TLSv1.2`);
      }
    });
  },
};
