import { ferpa, gdpr, iso27001, soc2 } from "../../frameworks";
import type { GraphRule } from "../../rule";
import { VPC } from "../support/types";

export const vpcDefaultSecurityGroup: GraphRule = {
  id: "vpc-default-security-group",
  title: "The default security group of a network lets nothing through",
  area: "exposure",
  severity: "high",
  frameworks: [ferpa("99.31(a)(1)(ii)"), gdpr("32(1)(b)"), soc2("CC6.6"), iso27001("A.8.20"), gdpr("25(2)")],
  why: "What is started without a group gets the default one, which lets everything in it talk.",
  fix: "Add a DefaultSecurityGroup for the VPC without ingress and egress.",
  scope: "stack",
  types: [VPC],
  check(vpc, { report, graph, each }) {
    const groups = graph.referrers(vpc, "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup", "vpcId");
    if (groups.length === 0) {
      report("its default security group is as AWS makes it");
    }
    each(groups, (group) => {
      if (group.list("ingress").length > 0 || group.list("egress").length > 0) {
        report("its default security group has rules");
      }
    });
  },
};
