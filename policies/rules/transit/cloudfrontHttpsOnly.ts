import { coppa, gdpr, iso27001, soc2 } from "../../frameworks";
import type { ResourceRule } from "../../rule";
import { DISTRIBUTION } from "../support/types";

export const cloudfrontHttpsOnly: ResourceRule = {
  id: "cloudfront-https-only",
  title: "CloudFront serves nothing over HTTP",
  area: "transit",
  severity: "critical",
  frameworks: [gdpr("32(1)(a)"), coppa("312.8(a)"), soc2("CC6.7"), iso27001("A.8.20"), iso27001("A.8.24")],
  why: "A page that came over HTTP can be read and changed on its way.",
  fix: "Set viewerProtocolPolicy to redirect-to-https or https-only in every behavior.",
  scope: "resource",
  types: [DISTRIBUTION],
  check(distribution, { report, each }) {
    const behaviors = [...distribution.nodes("defaultCacheBehavior"), ...distribution.list("orderedCacheBehaviors")];
    each(behaviors, (behavior) => {
      if (!["redirect-to-https", "https-only"].includes(behavior.text("viewerProtocolPolicy") ?? "")) {
        report(`${behavior.path}.viewerProtocolPolicy allows HTTP`);
      }
    });
  },
};
