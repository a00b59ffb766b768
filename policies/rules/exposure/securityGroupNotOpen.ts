import { ferpa, gdpr, iso27001, soc2 } from "../../frameworks";
import type { Node } from "../../node";
import type { ResourceRule } from "../../rule";
import { EVERYBODY } from "../support/network";
import { INGRESS_RULE, SECURITY_GROUP, SECURITY_GROUP_RULE } from "../support/types";

const WEB_PORTS = [443, 80];

function isWeb(rule: Node): boolean {
  const [from, to] = [rule.number("fromPort"), rule.number("toPort")];
  return from !== undefined && from === to && WEB_PORTS.includes(from);
}

export const securityGroupNotOpen: ResourceRule = {
  id: "security-group-not-open",
  title: "Nothing but web ports is open to the internet",
  area: "exposure",
  severity: "critical",
  frameworks: [ferpa("99.31(a)(1)(ii)"), gdpr("32(1)(b)"), soc2("CC6.6"), iso27001("A.8.20")],
  why: "Administration and databases that the internet reaches are tried by everybody, all day.",
  fix: "Name a security group, a prefix list or a range instead of 0.0.0.0/0 and ::/0; only 443 and 80 may be open.",
  scope: "resource",
  types: [SECURITY_GROUP, INGRESS_RULE, SECURITY_GROUP_RULE, "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup"],
  applies: (group) => group.type !== SECURITY_GROUP_RULE || group.text("type") === "ingress",
  check(group, { report, each }) {
    each([group, ...group.list("ingress")], (rule) => {
      const ranges = [
        ...["cidrIpv4", "cidrIpv6"].flatMap((path) => rule.text(path) ?? []),
        ...rule.texts("cidrBlocks"),
        ...rule.texts("ipv6CidrBlocks"),
      ];
      if (ranges.some((range) => EVERYBODY.includes(range)) && !isWeb(rule)) {
        report(`${rule.path === "" ? "it" : rule.path} lets everybody in, on more than 443 and 80`);
      }
    });
  },
};
