import type { ResourceRule } from "../../rule";
import { EXPOSURE } from "../support/clauses";
import { isAnywhere } from "./internal/access";
import { azure } from "./internal/types";

const WEB = new Set(["80", "443"]);

export const networkRuleNarrow: ResourceRule = {
  id: "azure-network-rule-narrow",
  title: "Security groups let the internet in on 80 and 443 only",
  area: "exposure",
  severity: "critical",
  frameworks: EXPOSURE,
  why: "Every other open port is a way past the edge: to databases, to shells, to the API of a cluster.",
  fix: "Name the ranges or service tags in sourceAddressPrefix that need the port.",
  scope: "resource",
  types: [azure("network", "NetworkSecurityGroup"), azure("network", "SecurityRule")],
  check(resource, context) {
    const rules = resource.type.endsWith(":SecurityRule") ? [resource] : resource.list("securityRules");
    context.each(rules, (rule) => {
      const inward =
        rule.text("direction")?.toLowerCase() === "inbound" && rule.text("access")?.toLowerCase() === "allow";
      const sources = [...rule.texts("sourceAddressPrefix"), ...rule.texts("sourceAddressPrefixes")];
      const ports = [...rule.texts("destinationPortRange"), ...rule.texts("destinationPortRanges")];
      if (inward && sources.some(isAnywhere) && !(ports.length > 0 && ports.every((port) => WEB.has(port)))) {
        context.report(`${rule.path === "" ? "the rule" : rule.path} lets everybody in on more than 80 and 443`);
      }
    });
  },
};
