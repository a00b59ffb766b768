import { gdpr, iso27001, soc2 } from "../../frameworks";
import type { GraphRule } from "../../rule";
import { LOAD_BALANCER } from "../support/types";

export const lbWaf: GraphRule = {
  id: "lb-waf",
  title: "A load balancer on the internet stands behind a web application firewall",
  area: "exposure",
  severity: "critical",
  frameworks: [soc2("CC6.6"), gdpr("32(1)(b)"), iso27001("A.8.20"), iso27001("A.8.26")],
  why: "Without one, nothing stops floods and known attacks, nor requests that go round the edge.",
  fix: "Add a WebAclAssociation for the load balancer, or make it internal.",
  scope: "stack",
  types: [LOAD_BALANCER],
  applies: (loadBalancer) =>
    loadBalancer.flag("internal") !== true &&
    (loadBalancer.text("loadBalancerType") ?? "application") === "application",
  check(loadBalancer, { report, graph }) {
    if (graph.referrers(loadBalancer, "aws:wafv2/webAclAssociation:WebAclAssociation", "resourceArn").length === 0) {
      report("no WebAclAssociation names it");
    }
  },
};
