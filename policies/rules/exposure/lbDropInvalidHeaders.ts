import { iso27001, soc2 } from "../../frameworks";
import type { ResourceRule } from "../../rule";
import { LOAD_BALANCER } from "../support/types";

export const lbDropInvalidHeaders: ResourceRule = {
  id: "lb-drop-invalid-headers",
  title: "A load balancer refuses malformed requests",
  area: "exposure",
  severity: "medium",
  frameworks: [soc2("CC6.6"), iso27001("A.8.20"), iso27001("A.8.26")],
  why: "Requests that two servers read differently smuggle a second one past the firewall.",
  fix: "Set dropInvalidHeaderFields to true, and desyncMitigationMode to defensive or strictest.",
  scope: "resource",
  types: [LOAD_BALANCER],
  applies: (loadBalancer) => (loadBalancer.text("loadBalancerType") ?? "application") === "application",
  check(loadBalancer, { report }) {
    if (loadBalancer.flag("dropInvalidHeaderFields") !== true) {
      report("dropInvalidHeaderFields is not true");
    }
    if (loadBalancer.text("desyncMitigationMode") === "monitor") {
      report("desyncMitigationMode is monitor");
    }
  },
};
