import { ferpa, gdpr, iso27001, soc2 } from "../../frameworks";
import type { ResourceRule } from "../../rule";
import { EVERYBODY } from "../support/network";
import { CLUSTER } from "../support/types";

export const eksEndpointPrivate: ResourceRule = {
  id: "eks-endpoint-private",
  title: "The Kubernetes API is not open to the internet",
  area: "exposure",
  severity: "critical",
  frameworks: [ferpa("99.31(a)(1)(ii)"), gdpr("32(1)(b)"), soc2("CC6.6"), iso27001("A.8.20")],
  why: "Whoever reaches the API server tries stolen tokens, and its next vulnerability, from anywhere.",
  fix: "Set vpcConfig.endpointPublicAccess to false, or publicAccessCidrs to your own ranges.",
  scope: "resource",
  types: [CLUSTER],
  check(cluster, { report }) {
    if (cluster.flag("vpcConfig.endpointPublicAccess") === false) {
      return;
    }
    const ranges = cluster.texts("vpcConfig.publicAccessCidrs");
    if (ranges.length === 0 || ranges.some((range) => EVERYBODY.includes(range))) {
      report("the endpoint is public, and publicAccessCidrs lets everybody in");
    }
  },
};
