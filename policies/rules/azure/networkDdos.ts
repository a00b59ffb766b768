import { gdpr, iso27001, soc2 } from "../../frameworks";
import type { ResourceRule } from "../../rule";
import { azure } from "./internal/types";

export const networkDdos: ResourceRule = {
  id: "azure-network-ddos",
  title: "Virtual networks have a DDoS protection plan",
  area: "availability",
  severity: "medium",
  frameworks: [soc2("A1.1"), iso27001("A.8.20"), gdpr("32(1)(b)")],
  why: "A flood that the edge never sees, at an address of the network itself, takes the service away.",
  fix: "Set enableDdosProtection to true, and ddosProtectionPlan.id.",
  scope: "resource",
  types: [azure("network", "VirtualNetwork")],
  check(network, { report }) {
    if (network.flag("enableDdosProtection") !== true) {
      report("enableDdosProtection is not true");
    }
    if (!network.has("ddosProtectionPlan.id")) {
      report("ddosProtectionPlan.id is not set");
    }
  },
};
