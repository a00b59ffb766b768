import { ferpa, gdpr, iso27001, soc2 } from "../../frameworks";
import type { GraphRule } from "../../rule";
import { isPrivateNetwork } from "../support/network";
import { CACHE, DATABASE, DATABASE_CLUSTER, INGRESS_RULE, SECURITY_GROUP, SECURITY_GROUP_RULE } from "../support/types";

export const dataStoreSecurityGroup: GraphRule = {
  id: "data-store-security-group",
  title: "A database or cache is reached from named groups and private networks only",
  area: "exposure",
  severity: "critical",
  frameworks: [ferpa("99.31(a)(1)(ii)"), gdpr("32(1)(b)"), soc2("CC6.6"), iso27001("A.8.20"), iso27001("A.8.22")],
  why: "What may connect is what can try passwords and exploits.",
  fix: "Admit referencedSecurityGroupId; from another region, whose groups cannot be named, a private range of /16 at most.",
  scope: "stack",
  types: [DATABASE, DATABASE_CLUSTER, CACHE],
  check(store, { report, graph, each }) {
    const groups = ["vpcSecurityGroupIds[*]", "securityGroupIds[*]"].flatMap((path) =>
      graph.targets(store, path, SECURITY_GROUP),
    );
    if (groups.length === 0) {
      report("no security group of this stack is attached: it has the network's default one");
    }
    for (const group of groups) {
      const rules = [
        ...group.list("ingress"),
        ...graph.referrers(group, INGRESS_RULE, "securityGroupId"),
        ...graph
          .referrers(group, SECURITY_GROUP_RULE, "securityGroupId")
          .filter((rule) => rule.text("type") === "ingress"),
      ];
      each(rules, (rule) => {
        const ranges = [...rule.texts("cidrBlocks"), ...[rule.text("cidrIpv4")].filter((range) => range !== undefined)];
        if (
          ranges.some((range) => !isPrivateNetwork(range)) ||
          rule.has("cidrIpv6") ||
          rule.texts("ipv6CidrBlocks").length > 0
        ) {
          report(`the security group ${group.name} admits more than groups and private networks`);
        }
      });
    }
  },
};
