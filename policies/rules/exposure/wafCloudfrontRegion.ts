import { iso27001, soc2 } from "../../frameworks";
import { regionOf } from "../../regions";
import type { ResourceRule } from "../../rule";
import { WEB_ACL } from "../support/types";

export const wafCloudfrontRegion: ResourceRule = {
  id: "waf-cloudfront-region",
  title: "A firewall for CloudFront stands in us-east-1",
  area: "exposure",
  severity: "medium",
  frameworks: [soc2("CC6.6"), iso27001("A.8.20")],
  why: "AWS takes WebAcls for CloudFront in us-east-1 only; in another region the deployment fails halfway.",
  fix: "Give it the provider, or the region, of us-east-1.",
  scope: "resource",
  types: [WEB_ACL],
  applies: (webAcl) => webAcl.text("scope") === "CLOUDFRONT",
  check(webAcl, { report }) {
    const region = regionOf(webAcl);
    if (region !== undefined && region !== "us-east-1") {
      report(`it is in ${region}, not in us-east-1`);
    }
  },
};
