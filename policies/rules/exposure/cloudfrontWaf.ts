import { gdpr, iso27001, soc2 } from "../../frameworks";
import type { ResourceRule } from "../../rule";
import { DISTRIBUTION } from "../support/types";

export const cloudfrontWaf: ResourceRule = {
  id: "cloudfront-waf",
  title: "A distribution stands behind a web application firewall",
  area: "exposure",
  severity: "critical",
  frameworks: [soc2("CC6.6"), gdpr("32(1)(b)"), iso27001("A.8.20"), iso27001("A.8.26")],
  why: "Without one, nothing stops floods and known attacks at the edge.",
  fix: "Set webAclId to the ARN of a WebAcl with scope CLOUDFRONT.",
  scope: "resource",
  types: [DISTRIBUTION],
  check(distribution, { report }) {
    if ((distribution.text("webAclId") ?? "") === "") {
      report("webAclId is not set");
    }
  },
};
