import { gdpr, iso27001, soc2 } from "../../frameworks";
import type { Node } from "../../node";
import type { GraphRule } from "../../rule";
import { DISTRIBUTION } from "../support/types";

const ACCESS = "aws:cloudfront/originAccessControl:OriginAccessControl";

/** An origin without settings of its own is a bucket; so is one at an address of S3 that is no website. */
function isBucket(origin: Node): boolean {
  return origin.keys("customOriginConfig").length === 0 && origin.keys("vpcOriginConfig").length === 0;
}

export const cloudfrontOriginAccess: GraphRule = {
  id: "cloudfront-origin-access",
  title: "A bucket behind CloudFront is read by it alone",
  area: "exposure",
  severity: "high",
  frameworks: [soc2("CC6.6"), gdpr("32(1)(b)"), iso27001("A.8.3"), iso27001("A.8.20")],
  why: "A bucket that everybody may read goes round the edge and its firewall.",
  fix: "Give each S3 origin an originAccessControlId whose signingBehavior is always.",
  scope: "stack",
  types: [DISTRIBUTION],
  applies: (distribution) => distribution.list("origins").some(isBucket),
  check(distribution, { report, graph, each }) {
    each(distribution.list("origins"), (origin) => {
      if (isBucket(origin) && (origin.text("originAccessControlId") ?? "") === "") {
        report(`${origin.path} has no originAccessControlId`);
      }
    });
    each(graph.targets(distribution, "origins[*].originAccessControlId", ACCESS), (access) => {
      if (access.text("signingBehavior") !== "always") {
        report("its origin access control does not always sign");
      }
    });
  },
};
